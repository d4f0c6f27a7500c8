package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code umbel up --demo}, the walk-through of {@code docs/issues.md}, and {@code tracker}. */
class IssuesAtAShellTest {

  @TempDir
  static Path directory;

  private static Trial trial;
  private static UmbelProcess gateway;
  private static URI endpoint;

  @BeforeAll
  static void up() throws IOException {
    trial = Trial.in(directory);
    gateway = trial.startWith(
        Map.of("UMBEL_ISSUES_ALLOWED_DESTINATIONS", "127.0.0.1"),
        "up",
        "--demo",
        "--roles",
        "gateway,issues");
    endpoint = gateway.endpoint();
  }

  @AfterAll
  static void down() throws IOException {
    gateway.close();
  }

  @Test
  void theWalkThroughOfThePageGoesAsWritten() throws IOException {
    assertThat(keys(call("list_issues", "project=WEB", "status=todo", "limit=100")))
        .contains("WEB-7", "WEB-8");
    var twin = call("get_issue", "issue=WEB-8");
    assertThat(twin.getJsonArray("links").getJsonObject(0).getString("relation"))
        .isEqualTo("duplicates");
    var issue = call("get_issue", "issue=WEB-7");
    var better = issue.getString("description")
        + "\n\n## Acceptance criteria\n- `Sodre`, `sodre` and `Sodré` find Cais do Sodré";
    var changed = call(
        "update_issue",
        "issue=WEB-7",
        "expected_revision=" + issue.getString("revision"),
        "status=in progress",
        "description=" + better);
    assertThat(changed.getJsonArray("updated_fields"))
        .isEqualTo(JsonArray.of("description", "status"));
    assertThat(changed.getString("revision")).isNotEqualTo(issue.getString("revision"));
    var closed = call(
        "update_issue",
        "issue=WEB-8",
        "status=closed",
        "comment=The same as WEB-7, where it goes on.");
    assertThat(closed.getJsonArray("updated_fields")).isEqualTo(JsonArray.of("status", "comment"));
    var found = call(
        "create_issue",
        "project=WEB",
        "title=" + issue.getString("title"),
        "description=" + better,
        "idempotency_key=run-17/1");
    assertThat(found.getString("status")).isEqualTo("existing_duplicate_found");
    assertThat(found.getString("key")).isEqualTo("WEB-7");
  }

  @Test
  void addsListsAndRemovesTrackers() throws IOException {
    assertThat(said("tracker", "add", "Team", "--project", "TEAM", "--project", "OTHER=prj_1"))
        .containsExactly("Team is there, with the projects OTHER, TEAM");
    assertThat(said("tracker", "list"))
        .containsExactly(
            "Ferry tickets        local    active    API, OPS, WEB",
            "Team                 local    active    OTHER, TEAM");
    assertThat(said("tracker", "remove", "Team", "--for-good")).containsExactly("Team is removed");
    assertThat(said("tracker", "list")).hasSize(1);
    try (var remove = trial.start("tracker", "remove", "Team", "--gateway", endpoint.toString())) {
      assertThat(remove.status()).isEqualTo(1);
      assertThat(remove.stderr())
          .contains("There is no tracker \"Team\": \"umbel tracker list\" tells which there are");
    }
    try (var add =
        trial.start("tracker", "add", "x", "--project", "no", "--gateway", endpoint.toString())) {
      assertThat(add.status()).isEqualTo(1);
      assertThat(add.stderr()).contains("/projects/0/identifier has to be 1 to 32 capital letters");
    }
  }

  @Test
  void syncsATrackerAndSaysHowItEnded() throws IOException {
    assertThat(said("tracker", "sync", "Ferry tickets"))
        .containsExactly(
            "Ferry tickets is in sync: 0 issues looked at, 0 new or changed, 0 not kept");
    try (var sync = trial.start("tracker", "sync", "None", "--gateway", endpoint.toString())) {
      assertThat(sync.status()).isEqualTo(1);
      assertThat(sync.stderr()).contains("There is no tracker \"None\"");
    }
  }

  @Test
  void aDeliveryThatNobodyKnowsIsRefusedWithoutAToken() throws Exception {
    var http = HttpClient.newHttpClient();
    var path = "/api/v1/webhooks/" + UUID.randomUUID();
    var delivery = HttpRequest.newBuilder(endpoint.resolve(path))
        .header("X-Hub-Signature-256", "sha256=00")
        .POST(HttpRequest.BodyPublishers.ofString("{}"))
        .build();
    var answer = http.send(delivery, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(new JsonObject(answer.body()).getString("detail"))
        .isEqualTo("Nothing here takes this delivery: look at its URL and at the secret that it is"
            + " sent with");
    var large = HttpRequest.newBuilder(endpoint.resolve(path))
        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[600_000]))
        .build();
    assertThat(http.send(large, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(413);
    var get = HttpRequest.newBuilder(endpoint.resolve(path)).build();
    assertThat(http.send(get, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(405);
  }

  @Test
  void addsATrackerElsewhereWithAKeyThatIsOnNoCommandLine() throws IOException {
    var file = Files.writeString(directory.resolve("key"), "s3cret-Key\n").toString();
    try (var add = trial.start(code("http://10.0.0.7", file))) {
      assertThat(add.status()).isEqualTo(1);
      assertThat(add.stderr()).contains("url cannot be used: Umbel does not connect to 10.0.0.7");
    }
    try (var add = trial.start(code("http://127.0.0.1:1", file))) {
      assertThat(add.status()).isEqualTo(1);
      assertThat(String.join("\n", add.restOfStdout()))
          .startsWith("Code is there, but cannot be used: ")
          .endsWith("; to try again: umbel tracker test Code");
    }
    try (var test = trial.start("tracker", "test", "Code", "--gateway", endpoint.toString())) {
      assertThat(test.status()).isEqualTo(1);
      assertThat(test.stderr()).contains("Code cannot be used: ");
    }
    said("tracker", "remove", "Code", "--for-good");
    assertThat(gateway.stderr()).doesNotContain("s3cret");
    try (var add = trial.start(
        "tracker",
        "add",
        "Code",
        "--type",
        "github",
        "--api-key-file",
        file,
        "--api-key-env",
        "X",
        "--gateway",
        endpoint.toString())) {
      assertThat(add.status()).isEqualTo(2);
      assertThat(add.stderr()).contains("Give one of --api-key-file and --api-key-env");
    }
    try (var add = trial.start(
        "tracker",
        "add",
        "Code",
        "--type",
        "github",
        "--api-key-env",
        "NO_SUCH_KEY",
        "--gateway",
        endpoint.toString())) {
      assertThat(add.status()).isEqualTo(2);
      assertThat(add.stderr()).contains("The environment has no NO_SUCH_KEY");
    }
    try (var add = trial.start(
        "tracker", "add", "Code", "--type", "github", "--gateway", endpoint.toString())) {
      assertThat(add.status()).isEqualTo(1);
      assertThat(add.stderr())
          .contains("api_key is missing: a tracker on another server needs one");
    }
  }

  private static String[] code(String url, String file) {
    return new String[] {
      "tracker",
      "add",
      "Code",
      "--type",
      "github",
      "--url",
      url,
      "--api-key-file",
      file,
      "--project",
      "acme/web",
      "--gateway",
      endpoint.toString()
    };
  }

  @Test
  void saysWhetherATrackerCanBeUsed() throws IOException {
    assertThat(said("tracker", "test", "Ferry tickets"))
        .containsExactly("Ferry tickets can be used: A local tracker needs no other server");
  }

  private static List<String> said(String... arguments) throws IOException {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--gateway", endpoint.toString()));
    try (var process = trial.start(all.toArray(String[]::new))) {
      assertThat(process.status()).as(process.stderr()).isZero();
      return process.restOfStdout();
    }
  }

  private static JsonObject call(String tool, String... arguments) throws IOException {
    var all = new ArrayList<>(List.of("call", tool));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", endpoint.toString()));
    try (var process = trial.start(all.toArray(String[]::new))) {
      assertThat(process.status()).as(process.stderr()).isZero();
      return new JsonObject(String.join("\n", process.restOfStdout()));
    }
  }

  private static List<String> keys(JsonObject list) {
    return list.getJsonArray("issues").stream()
        .map(issue -> ((JsonObject) issue).getString("key"))
        .toList();
  }
}
