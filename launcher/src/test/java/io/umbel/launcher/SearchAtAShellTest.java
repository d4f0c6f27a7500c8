package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The issues of {@code umbel up --demo} are found, opened, read again, and how well is measured.
 */
class SearchAtAShellTest {

  private static final Pattern SUMMARY =
      Pattern.compile("(\\w+) +mean reciprocal rank (\\S+), 46 queries: .*");

  /** What was measured, less a little: who makes search worse than this hears of it. */
  private static final double TO_THE_LETTER = 0.30;

  private static final double BY_WORDS = 0.75;
  private static final double BOTH_WAYS = 0.85;

  @TempDir
  static Path directory;

  private static Vertx vertx;
  private static Trial trial;
  private static UmbelProcess gateway;
  private static URI endpoint;

  @BeforeAll
  static void up() throws IOException {
    vertx = Vertx.vertx();
    trial = Trial.in(directory);
    var model = Map.of("UMBEL_SEARCH_EMBEDDINGS_URL", new WordModel(vertx).base());
    gateway = trial.startWith(model, "up", "--demo", "--roles", "gateway,system,issues,search");
    endpoint = gateway.endpoint();
  }

  @AfterAll
  static void down() throws IOException {
    gateway.close();
    vertx.close().await();
  }

  @Test
  void findsWhatIsKnownToBeThereSoonEnough() throws IOException {
    assertThat(said("--gateway", "search", "rebuild").get(0))
        .matches("Read again: \\d+ issues, \\d+ comments");
    awaitVectors();
    var lines = said("--url", "search", "quality");
    assertThat(lines).hasSize(2).allMatch(line -> SUMMARY.matcher(line).matches());
    assertThat(rank(lines, "fulltext")).as("%s", lines).isGreaterThan(TO_THE_LETTER);
    assertThat(rank(lines, "auto")).as("%s", lines).isGreaterThan(BOTH_WAYS);
    assertThat(said("--url", "search", "quality", "--type", "hybrid", "--all")).hasSize(47);
  }

  @Test
  void findsMostOfItWithoutAModelToo() throws IOException {
    said("--gateway", "search", "rebuild");
    try (var other = trial.start("up", "--roles", "gateway,issues,search")) {
      var url = other.endpoint().toString();
      try (var quality = trial.start("search", "quality", "--type", "auto", "--url", url)) {
        var lines = quality.restOfStdout();
        assertThat(rank(lines, "auto")).as("%s", lines).isGreaterThan(BY_WORDS);
      }
    }
  }

  @Test
  void measuresQueriesOfYourOwn() throws IOException {
    said("--gateway", "search", "rebuild");
    var file = Files.writeString(
        directory.resolve("own.json"),
        "[{\"query\": \"basket\", \"expected\": [\"WEB-2\"]}, {\"query\": \"x\", \"expected\": []}]");
    assertThat(said("--url", "search", "quality", "--type", "fulltext", "--queries", "" + file))
        .containsExactly("fulltext   mean reciprocal rank 0.500, 2 queries: 1 first, 1 among ten,"
            + " 1 not found");
    Files.writeString(file, "{}");
    try (var refused = trial.start("search", "quality", "--queries", file.toString())) {
      assertThat(refused.status()).isEqualTo(2);
      assertThat(refused.stderr()).contains(file + " is no list of queries such as");
    }
  }

  @Test
  void opensWhatItFinds() throws IOException {
    said("--gateway", "search", "rebuild");
    var found = call("search", "query=basket session", "target_type=issue");
    var result = found.getJsonArray("results").getJsonObject(0);
    assertThat(result.getJsonObject("item").getString("key")).isEqualTo("WEB-2");
    var opened = call("fetch", "id=" + result.getString("id"));
    assertThat(opened.getString("kind")).isEqualTo("issue");
    assertThat(opened.getJsonObject("issue").getJsonArray("comments")).hasSize(1);
    var comment = call("search", "query=cookie lives", "target_type=comment")
        .getJsonArray("results")
        .getJsonObject(0);
    assertThat(call("fetch", "id=" + comment.getString("id")).getString("name")).isEqualTo("WEB-2");
  }

  private static void awaitVectors() throws IOException {
    for (int i = 0; i < 100; i++) {
      var found = call("search", "query=basket");
      if (found.getString("search_type_used").equals("hybrid")) {
        return;
      }
      vertx.timer(100).await();
    }
  }

  private static double rank(List<String> lines, String type) {
    return lines.stream()
        .map(SUMMARY::matcher)
        .filter(line -> line.matches() && line.group(1).equals(type))
        .mapToDouble(line -> Double.parseDouble(line.group(2)))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> said(String flag, String... arguments) throws IOException {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(flag, endpoint.toString()));
    try (var process = trial.start(all.toArray(String[]::new))) {
      assertThat(process.status()).as(process.stderr()).isZero();
      return process.restOfStdout();
    }
  }

  private static JsonObject call(String tool, String... arguments) throws IOException {
    var all = new ArrayList<>(List.of("call", tool));
    all.addAll(List.of(arguments));
    var lines = said("--url", all.toArray(String[]::new));
    return new JsonObject(String.join("\n", lines));
  }
}
