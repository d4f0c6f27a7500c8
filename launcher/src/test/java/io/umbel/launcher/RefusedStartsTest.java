package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused before anything runs: each with a sentence and a status, none with a stack. */
class RefusedStartsTest {

  private static final int USAGE = 2;

  @ParameterizedTest(name = "{1} {0}")
  @MethodSource
  void refuses(Map<String, String> environment, String arguments, String sentence)
      throws IOException {
    try (var refused = UmbelProcess.start(environment, arguments.split(" "))) {
      assertThat(refused.status()).isEqualTo(USAGE);
      assertThat(refused.stderr()).startsWith("umbel: ").contains(sentence);
      assertThat(refused.stderr()).doesNotContain("Exception", "\tat ");
      assertThat(refused.restOfStdout()).isEmpty();
    }
  }

  static Stream<Arguments> refuses() {
    var http = Map.of("MCP_ENABLE_HTTP", "false");
    var stdio = Map.of("MCP_ENABLE_STDIO", "false");
    var both = Map.of("MCP_ENABLE_HTTP", "false", "MCP_ENABLE_STDIO", "false");
    return Stream.of(
        Arguments.of(Map.of(), "up --prot 1", "Unknown option"),
        Arguments.of(Map.of("UMBEL_PORT", "x"), "up --port y", "2 settings cannot be used"),
        Arguments.of(Map.of(), "up --roles gateway,dmeo", "There is no role \"dmeo\""),
        Arguments.of(Map.of(), "up --roles java.lang.String", "cannot be deployed as a verticle"),
        Arguments.of(Map.of(), "up --with none.jar", "--with none.jar: there is no such file"),
        Arguments.of(Map.of(), "up --host 0.0.0.0", "with a development key listens on this"),
        Arguments.of(
            Map.of("MCP_REQUIRE_AUTH", "false"),
            "up --host 0.0.0.0",
            "asks for no identity listens on this machine only"),
        Arguments.of(
            Map.of("UMBEL_AUTH_JWKS_URL", "https://issuer.example/keys"),
            "up --roles gateway",
            "umbel.auth.issuer has to say whose keys"),
        Arguments.of(
            Map.of("UMBEL_AUTH_ISSUER", "https://issuer.example"),
            "up --roles gateway",
            "umbel.auth.jwks.url has to say where its keys are"),
        Arguments.of(
            Map.of("UMBEL_AUTH_ISSUER", "i", "UMBEL_AUTH_JWKS_URL", "http://10.1.2.3/keys"),
            "up --roles gateway",
            "keys that come by http could be anybody's"),
        Arguments.of(
            Map.of("UMBEL_AUTH_ISSUER", "i", "UMBEL_AUTH_JWKS_URL", "https://issuer.example/keys"),
            "up --roles gateway --host 0.0.0.0",
            "umbel.public.url has to say under which URL"),
        Arguments.of(Map.of("UMBEL_AUTH_SECRET", "short"), "up", "at least 32 characters"),
        Arguments.of(
            Map.of("UMBEL_AUTH_ALGORITHMS", "none"), "up", "expected a list of RS256, ES256"),
        Arguments.of(Map.of("UMBEL_PUBLIC_URL", "https://a/b"), "up", "a URL without a path"),
        Arguments.of(http, "up", "mcp.enable.http is false"),
        Arguments.of(stdio, "stdio", "mcp.enable.stdio is false"),
        Arguments.of(both, "stdio", "there is no way left to serve MCP"),
        Arguments.of(Map.of(), "call greet --json 1", "--json is not a JSON object"));
  }
}
