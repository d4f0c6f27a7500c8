package io.umbel.gateway;

import static io.umbel.gateway.RunningGateway.modernBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.RawConnection.Answer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies at the limit and beyond it: the client always gets to read why. */
class LargeBodiesTest {

  private static final int LIMIT = 1024 * 1024;
  private static final String TOO_LARGE = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,"
      + "\"message\":\"The body is larger than 1048576 bytes\"}}";
  private static final String HEAD = String.join(
      "\r\n",
      "POST /mcp HTTP/1.1",
      "Host: localhost",
      "Content-Type: application/json",
      "MCP-Protocol-Version: 2026-07-28",
      "Mcp-Method: tools/list",
      "");

  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    gateway = new RunningGateway(GatewaySettings.defaults(), new SampleTools());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @EnumSource
  void aBodyAsLargeAsTheLimitIsAnswered(Version version) {
    assertThat(send(version, declared(LIMIT)).statusCode()).isEqualTo(200);
    assertThat(send(version, chunked(LIMIT)).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void aLargerOneIsRefusedInWordsThatArrive(Version version) {
    for (var size : new int[] {LIMIT + 1, 10 * LIMIT, 20 * LIMIT}) {
      refused(send(version, declared(size)));
      refused(send(version, chunked(size)));
    }
  }

  @Test
  void aLargerOneThatWasReadToItsEndLeavesTheConnectionOpen() {
    try (var connection = new RawConnection(gateway.port())) {
      connection.send(HEAD + "Content-Length: " + 2 * LIMIT + "\r\n\r\n").send(body(2 * LIMIT));
      assertThat(connection.read().status()).isEqualTo(413);
      connection.send(HEAD + "Content-Length: " + LIMIT + "\r\n\r\n").send(body(LIMIT));
      assertThat(connection.read().status()).isEqualTo(200);
    }
  }

  @Test
  void oneBeyondAllMeasureIsRefusedAtOnceAndCutOffIfItsClientStops() {
    try (var declares = new RawConnection(gateway.port());
        var sends = new RawConnection(gateway.port())) {
      declares.send(HEAD + "Content-Length: " + 100 * LIMIT + "\r\n\r\n");
      refused(declares.read());
      sends.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
      var piece = Integer.toHexString(LIMIT) + "\r\n" + "x".repeat(LIMIT) + "\r\n";
      for (int i = 0; i <= 16; i++) {
        sends.send(piece);
      }
      refused(sends.read());
      assertThat(declares.isClosedByTheOtherSide()).isTrue();
      assertThat(sends.isClosedByTheOtherSide()).isTrue();
    }
  }

  @Test
  @Timeout(10)
  void manySmallPiecesCostNoMoreThanTheirBytes() {
    var chunks = new StringBuilder(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
    for (var b : body(LIMIT / 2)) {
      chunks.append("1\r\n").append((char) b).append("\r\n");
    }
    try (var connection = new RawConnection(gateway.port())) {
      assertThat(connection.send(chunks.append("0\r\n\r\n").toString()).read().status())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void headersAsLargeAsASessionAndATokenAreTaken(Version version) {
    var request = HttpRequest.newBuilder(gateway.uri("/health/live"))
        .header("Mcp-Session-Id", "x".repeat(6_000))
        .header("Authorization", "Bearer " + "x".repeat(8_000));
    var http = HttpClient.newBuilder().version(version).build();
    assertThat(send(http, request).statusCode()).isEqualTo(200);
  }

  private static void refused(Answer answer) {
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).isEqualTo(TOO_LARGE);
    assertThat(answer.headers()).containsEntry("connection", "close");
  }

  private static void refused(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.body()).isEqualTo(TOO_LARGE);
  }

  /** A request with white space before its end. */
  private static byte[] body(int size) {
    var body = modernBody("tools/list", new JsonObject());
    var end = body.length() - 1;
    return (body.substring(0, end) + " ".repeat(size - body.length()) + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static BodyPublisher declared(int size) {
    return BodyPublishers.ofByteArray(body(size));
  }

  private static BodyPublisher chunked(int size) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body(size)));
  }

  private static HttpResponse<String> send(Version version, BodyPublisher body) {
    var request = HttpRequest.newBuilder(gateway.uri("/mcp"))
        .POST(body)
        .header("Content-Type", "application/json")
        .header("MCP-Protocol-Version", "2026-07-28")
        .header("Mcp-Method", "tools/list");
    return send(HttpClient.newBuilder().version(version).build(), request);
  }

  private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
