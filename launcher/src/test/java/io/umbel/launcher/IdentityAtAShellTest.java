package io.umbel.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that asks for tokens, and how people at a shell come by them. */
class IdentityAtAShellTest {

  private static final Map<String, String> PROVIDER = Map.of(
      "UMBEL_AUTH_ISSUER", "https://issuer.example",
      "UMBEL_AUTH_JWKS_URL", "https://issuer.example/keys");

  @TempDir
  static Path directory;

  private static Trial trial;
  private static UmbelProcess gateway;
  private static URI endpoint;
  private static String printed;

  @BeforeAll
  static void up() throws IOException {
    trial = Trial.in(directory);
    gateway = trial.start("up", "--roles", "gateway," + ForeignJar.CLASS);
    endpoint = gateway.endpoint();
    var member = gateway.awaitLine("\"headers\"");
    printed = member.replaceFirst(".*\"Bearer ([^\"]*)\".*", "$1");
  }

  @AfterAll
  static void down() throws IOException {
    gateway.close();
  }

  @Test
  void theTokenThatIsPrintedOpensTheDoorAndIsTheLocalUsers() {
    assertThat(list(endpoint, printed).statusCode()).isEqualTo(200);
    var claims = claims(printed);
    assertThat(claims.getString("account_id")).isEqualTo("local");
    assertThat(claims.getString("sub")).isEqualTo("local");
    assertThat(claims.getString("scope")).isEqualTo("admin operator");
    assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(365 * 86_400);
    assertThat(list(endpoint, null).statusCode()).isEqualTo(401);
  }

  @Test
  void theKeyIsForItsOwnersEyes() throws IOException {
    var key = directory.resolve("data").resolve("identity.jwk");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void aTokenSaysWhatItWasAskedToSay() throws IOException {
    var token = token(
        "--account",
        "acme",
        "--subject",
        "ann",
        "--project",
        "p",
        "--agent",
        "a",
        "--scope",
        "tools,kb:global",
        "--ttl",
        "15m");
    assertThat(list(endpoint, token).statusCode()).isEqualTo(200);
    var claims = claims(token);
    assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(900);
    assertThat(claims.getString("account_id")).isEqualTo("acme");
    assertThat(claims.getString("sub")).isEqualTo("ann");
    assertThat(claims.getString("agent_id")).isEqualTo("a");
    assertThat(claims.getJsonArray("project_ids").encode()).isEqualTo("[\"p\"]");
    assertThat(claims.getString("scope")).isEqualTo("tools kb:global");
  }

  @Test
  void aTokenOfAnotherDirectoryDoesNotOpenTheDoor() throws IOException {
    var token = token("--data", directory.resolve("other").toString());
    assertThat(list(endpoint, token).statusCode()).isEqualTo(401);
    try (var tools =
        trial.startWith(Map.of("MCP_TOKEN", token), "tools", "--url", endpoint.toString())) {
      assertThat(tools.status()).isEqualTo(1);
      assertThat(tools.stderr())
          .contains("does not take this token")
          .contains("\"umbel token\" makes a new one");
    }
  }

  @Test
  void whoeverHasNoTokenIsToldWhereToGetOne() throws IOException {
    var empty = directory.resolve("empty").toString();
    try (var tools = trial.start("tools", "--data", empty, "--url", endpoint.toString())) {
      assertThat(tools.status()).isEqualTo(1);
      assertThat(tools.stderr()).contains("wants a token: put one into MCP_TOKEN");
    }
  }

  @Test
  void aTokenInTheEnvironmentIsTheOneThatCounts() throws IOException {
    var empty = directory.resolve("empty").toString();
    try (var tools = trial.startWith(
        Map.of("MCP_TOKEN", printed), "tools", "--data", empty, "--url", endpoint.toString())) {
      assertThat(tools.status()).isZero();
      assertThat(tools.restOfStdout()).containsExactly("greet name=  Greet one person by name.");
    }
  }

  @Test
  void aConfiguredSecretTakesThePlaceOfTheKey() throws IOException {
    var secret = Map.of("UMBEL_AUTH_SECRET", "a secret of thirty-two characters");
    try (var other = trial.startWith(secret, "up", "--roles", "gateway");
        var minting = trial.startWith(secret, "token", "--scope", "admin")) {
      var url = other.endpoint();
      assertThat(list(url, minting.restOfStdout().get(0)).statusCode()).isEqualTo(200);
      assertThat(list(url, printed).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aGatewayThatOthersReachPrintsNoToken() throws IOException {
    var reached = Map.of(
        "UMBEL_AUTH_SECRET",
        "a secret of thirty-two characters",
        "UMBEL_HOST",
        "0.0.0.0",
        "UMBEL_PUBLIC_URL",
        "https://mcp.example.com");
    try (var other = trial.startWith(reached, "up", "--roles", "gateway")) {
      other.awaitLine("is ready at");
      assertThat(other.terminate().restOfStdout())
          .noneMatch(line -> line.contains("Bearer"))
          .anyMatch(line -> line.contains("\"url\": \"https://mcp.example.com/mcp\""))
          .contains("For a token: ./umbel token --help");
    }
  }

  @Test
  void whereNobodyIsAskedTheStartSaysSo() throws IOException {
    try (var open =
        trial.startWith(Map.of("MCP_REQUIRE_AUTH", "false"), "up", "--roles", "gateway")) {
      var url = open.endpoint();
      assertThat(open.awaitLine("mcp.require.auth")).contains("may call");
      assertThat(list(url, null).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aGatewayWhoseProviderIsAwayStartsAndIsNotReady() throws IOException {
    var away = Map.of(
        "UMBEL_AUTH_ISSUER",
        "https://issuer.example",
        "UMBEL_AUTH_JWKS_URL",
        "http://127.0.0.1:" + Trial.freePort() + "/keys");
    try (var other = trial.startWith(away, "up", "--roles", "gateway")) {
      var url = other.endpoint();
      var ready = send(HttpRequest.newBuilder(url.resolve("/health/ready")));
      assertThat(ready.statusCode()).isEqualTo(503);
      var metadata =
          send(HttpRequest.newBuilder(url.resolve("/.well-known/oauth-protected-resource")));
      assertThat(new JsonObject(metadata.body())
              .getJsonArray("authorization_servers")
              .encode())
          .isEqualTo("[\"https://issuer.example\"]");
    }
  }

  @Test
  void aProvidersTokensComeFromTheProvider() throws IOException {
    try (var token = trial.startWith(PROVIDER, "token")) {
      assertThat(token.status()).isEqualTo(2);
      assertThat(token.stderr())
          .contains("tokens for this gateway come from https://issuer.example");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--ttl 0h", "--ttl 5", "--ttl 4000d", "--ttl -1h", "--ttl 1w"})
  void aLifeThatIsNoneIsRefused(String flags) throws IOException {
    try (var token = trial.start(("token " + flags).split(" "))) {
      assertThat(token.status()).isEqualTo(2);
      assertThat(token.stderr()).contains("expected a time such as 90s, 15m, 12h or 30d");
    }
  }

  private static String token(String... flags) throws IOException {
    var arguments = new String[flags.length + 1];
    arguments[0] = "token";
    System.arraycopy(flags, 0, arguments, 1, flags.length);
    try (var token = trial.start(arguments)) {
      return token.restOfStdout().get(0);
    }
  }

  private static JsonObject claims(String token) {
    return new JsonObject(
        new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8));
  }

  private static HttpResponse<String> list(URI url, String token) {
    var body = """
        {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{
          "io.modelcontextprotocol/protocolVersion":"2026-07-28",
          "io.modelcontextprotocol/clientCapabilities":{}}}}""";
    var request = HttpRequest.newBuilder(url)
        .header("Content-Type", "application/json")
        .header("MCP-Protocol-Version", "2026-07-28")
        .header("Mcp-Method", "tools/list")
        .POST(BodyPublishers.ofString(body));
    return send(token == null ? request : request.header("Authorization", "Bearer " + token));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
