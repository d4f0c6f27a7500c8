package io.umbel.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code umbel stdio}: stdout carries one line an answer and nothing else. */
class StdioTest {

  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"greet\","
          + "\"arguments\":{\"name\":\"Ann\"}}}";

  @TempDir
  static Path directory;

  private static Trial trial;

  @BeforeAll
  static void prepare() throws IOException {
    trial = Trial.in(directory);
  }

  @Test
  void servesEverythingInOneProcess() throws IOException {
    try (var stdio = trial.start("stdio", "--roles", ForeignJar.CLASS)) {
      converse(stdio);
    }
  }

  @Test
  void frontsAGatewayThatRunsElsewhere() throws IOException {
    try (var gateway = trial.start("up", "--roles", "gateway," + ForeignJar.CLASS);
        var stdio = trial.start("stdio", "--url", gateway.endpoint().toString())) {
      converse(stdio);
    }
  }

  private static void converse(UmbelProcess stdio) throws IOException {
    send(stdio, INITIALIZE);
    var agreed = new JsonObject(stdio.awaitLine(""));
    assertThat(agreed.getInteger("id")).isEqualTo(1);
    assertThat(agreed.getJsonObject("result").getString("protocolVersion")).isEqualTo("2025-11-25");

    send(stdio, INITIALIZED);
    send(stdio, CALL);
    var called = new JsonObject(stdio.awaitLine(""));
    assertThat(called.getInteger("id")).isEqualTo(2);
    assertThat(called.encode()).contains("Hello, Ann!");

    stdio.stdin().close();
    assertThat(stdio.statusWithin(5)).isZero();
    assertThat(stdio.restOfStdout()).isEmpty();
  }

  private static void send(UmbelProcess stdio, String line) throws IOException {
    stdio.stdin().write((line + "\n").getBytes(UTF_8));
    stdio.stdin().flush();
  }
}
