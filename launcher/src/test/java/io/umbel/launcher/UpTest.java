package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code umbel up} in a process of its own, and what people at a shell do with it. */
class UpTest {

  private static final int TERMINATED = 143;

  @TempDir
  static Path directory;

  private static Trial trial;
  private static UmbelProcess gateway;
  private static URI endpoint;

  @BeforeAll
  static void up() throws IOException {
    trial = Trial.in(directory);
    gateway = trial.start("up", "--roles", "gateway," + ForeignJar.CLASS);
    endpoint = gateway.endpoint();
  }

  @AfterAll
  static void down() throws IOException {
    gateway.close();
  }

  @Test
  void saysThatItCountsForItself() throws IOException {
    try (var other = trial.start("up", "--roles", "gateway")) {
      assertThat(other.awaitLine("^  gateway "))
          .isEqualTo("  gateway   limits requests (rate.limit.rules), counted by each gateway for"
              + " itself; with umbel.redis.url, by all together");
    }
  }

  @Test
  void listsItsToolsAtAShell() throws IOException {
    try (var tools = trial.start("tools", "--url", endpoint.toString())) {
      assertThat(tools.status()).isZero();
      assertThat(tools.restOfStdout()).containsExactly("greet name=  Greet one person by name.");
    }
  }

  @Test
  void callsAToolAtAShell() throws IOException {
    try (var call = trial.start("call", "greet", "name=Ann", "--url", endpoint.toString())) {
      assertThat(call.status()).isZero();
      assertThat(call.restOfStdout()).containsExactly("Hello, Ann!");
      assertThat(call.stderr()).isEmpty();
    }
  }

  @Test
  void saysWhatAToolSaidNoTo() throws IOException {
    try (var call = trial.start("call", "greet", "--url", endpoint.toString())) {
      assertThat(call.status()).isEqualTo(1);
      assertThat(call.stderr()).contains("break its schema").contains("INVALID_ARGUMENT");
      assertThat(call.restOfStdout()).isEmpty();
    }
  }

  @Test
  void saysWhereNoGatewayAnswers() throws IOException {
    var nowhere = "http://127.0.0.1:" + Trial.freePort() + "/mcp";
    try (var tools = trial.start("tools", "--url", nowhere)) {
      assertThat(tools.status()).isEqualTo(3);
      assertThat(tools.stderr()).startsWith("umbel: No gateway answers at " + nowhere);
    }
  }

  @Test
  void saysThatThePortIsTaken() throws IOException {
    var port = Integer.toString(endpoint.getPort());
    try (var second = trial.start("up", "--roles", "gateway", "--port", port)) {
      assertThat(second.status()).isEqualTo(4);
      assertThat(second.stderr())
          .isEqualTo("umbel: Port " + port + " of 127.0.0.1 is taken by another process:"
              + " stop that one, or choose with --port\n");
    }
  }

  @Test
  void tellsWhatIsRunningAndWhatToPasteIntoAClientAndEndsInOrderWhenItIsToldTo()
      throws IOException {
    try (var other = trial.start("up", "--roles", "gateway," + ForeignJar.CLASS)) {
      var url = other.endpoint().toString();
      assertThat(other.awaitLine("greeting")).contains("greet");
      assertThat(other.awaitLine("\"type\"")).contains("\"http\"", "\"url\": \"" + url + "\"");
      assertThat(other.awaitLine("inspector@2")).contains("--cli --method tools/list");
      assertThat(other.awaitLine("--header")).endsWith("\" -- " + url);

      assertThat(other.terminate().statusWithin(15)).isEqualTo(TERMINATED);
      assertThat(other.stderr()).isEmpty();
    }
  }
}
