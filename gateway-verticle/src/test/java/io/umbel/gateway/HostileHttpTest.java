package io.umbel.gateway;

import static io.umbel.gateway.RawConnection.post;
import static io.umbel.gateway.RawConnection.request;
import static io.umbel.gateway.RunningGateway.modernBody;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.RawConnection.Answer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP that no well-behaved client speaks, byte by byte. */
class HostileHttpTest {

  private static final String HOST = "Host: localhost";
  private static final String JSON = "Content-Type: application/json";
  private static final byte[] LIST =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}".getBytes(UTF_8);
  private static final String NO_SESSION =
      "No session: send initialize first, and over HTTP repeat its Mcp-Session-Id header";

  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    gateway = new RunningGateway(GatewaySettings.defaults(), new SampleTools());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @AfterEach
  void theGatewayStillAnswers() {
    var params = JsonObject.of("name", "add", "arguments", JsonObject.of("a", 1, "b", 2));
    var result = gateway.modern("tools/call", params).getJsonObject("result");
    assertThat(result.getJsonObject("structuredContent")).isEqualTo(JsonObject.of("result", 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: y",
        "Content-Type: text/plain",
        "Content-Type: application/jsonx",
        "Content-Type: application/json-patch+json",
        "Content-Type: text/json, application/json",
        "Content-Type:"
      })
  void anotherContentTypeIsRefused(String line) {
    refused(415, "Content-Type must be application/json", HOST, line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json; charset=utf-8", "APPLICATION/JSON", "application/json ;q=1"})
  void aContentTypeWithParametersIsTaken(String type) {
    taken(HOST, "Content-Type: " + type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "text/event-stream", "application/xml, text/*", ""})
  void whoeverAcceptsNoJsonIsRefused(String accept) {
    refused(406, "Accept must allow application/json", HOST, JSON, "Accept: " + accept);
  }

  @Test
  void whoeverAcceptsJsonInOneWayOrAnotherIsAnswered() {
    taken(HOST, JSON);
    taken(HOST, JSON, "Accept: */*");
    taken(HOST, JSON, "Accept: application/*;q=0.5");
    taken(HOST, JSON, "accept: text/event-stream, Application/JSON");
    taken(HOST, JSON, "Accept: text/event-stream", "Accept: application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "OPTIONS", "PATCH", "TRACE", "BREW"})
  void otherMethodsAreToldWhichAreAllowed(String method) {
    var answer = exchange(request(method + " /mcp HTTP/1.1", new byte[0], HOST));
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers()).containsEntry("allow", "POST, GET, DELETE");
    assertThat(answer.body()).isEqualTo(error(-32600, "Send MCP messages by POST"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://evil.example",
        "http://localhost.evil.example",
        "http://localhost@evil.example",
        "http://evil.example#@localhost",
        "http://localhost:80:80",
        "http://127.0.0.2",
        "file://localhost",
        "localhost",
        "http://localhost http://evil.example",
        ""
      })
  void aForeignOriginIsRefused(String origin) {
    var why = "Origin is not allowed here; the operator can add it to mcp.allowed.origins";
    refused(403, why, HOST, JSON, "Origin: " + origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "http://LOCALHOST:3000",
        "https://127.0.0.1:8443",
        "http://[::1]:7"
      })
  void anOriginOfThisMachineIsAllowed(String origin) {
    taken(HOST, JSON, "Origin: " + origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "evil.example:80",
        "localhost:evil",
        "localhost@evil.example",
        "127.0.0.2",
        "0.0.0.0",
        "[::2]",
        ""
      })
  void aForeignHostIsRefused(String host) {
    var why = "Host is not allowed here; the operator can add it to mcp.allowed.hosts";
    refused(403, why, "Host: " + host, JSON);
    refused(403, why, JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8080"})
  void aHostOfThisMachineIsTakenWhateverItsPortAndCase(String host) {
    taken("Host: " + host, JSON);
  }

  @Test
  void headersBeyondTheLimitAreRefused() {
    var one = exchange(post(LIST, HOST, JSON, "X: " + "x".repeat(17_000)));
    assertThat(one.status()).isEqualTo(431);
    var many = exchange(post(LIST, HOST, JSON, "X: x\r\n".repeat(5_000) + "X: x"));
    assertThat(many.status()).isEqualTo(431);
    var line = exchange(request("POST /" + "x".repeat(5_000) + " HTTP/1.1", LIST, HOST, JSON));
    assertThat(line.status()).isEqualTo(414);
  }

  @Test
  void aRequestWithTwoLengthsIsRefused() {
    assertThat(exchange(post(LIST, HOST, JSON, "Content-Length: 2")).status()).isEqualTo(400);
    assertThat(exchange(post(LIST, HOST, JSON, "Transfer-Encoding: chunked")).status())
        .isEqualTo(400);
    assertThat(exchange(post(LIST, HOST, JSON, "Content-Length: -1")).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abcdefgh", "A.b_c-0123456789", "00-0af7651916cd43dd8448eb211c80319c-00"})
  void aValidCorrelationIdIsKept(String id) {
    var answer = exchange(post(LIST, HOST, JSON, "X-Correlation-Id: " + id));
    assertThat(answer.headers()).containsEntry("x-correlation-id", id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short",
        "has a space",
        "<script>alert(1)</script>",
        "aaaaaaaa\tb",
        "aaaaaaaa\u00fc",
        "aaaaaaaa%0d%0aSet-Cookie:x=1",
        "01234567890123456789012345678901234567890123456789012345678901234"
      })
  void anInvalidCorrelationIdIsReplaced(String id) {
    var answer = exchange(post(LIST, HOST, JSON, "X-Correlation-Id: " + id));
    assertThat(answer.headers().get("x-correlation-id")).matches("[0-9a-f]{32}");
    assertThat(answer.headers()).doesNotContainKey("set-cookie");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /mcp", "POST /mcp", "DELETE /mcp", "GET /nowhere", "GET /metrics"})
  void everyAnswerHasACorrelationId(String start) {
    var id = "X-Correlation-Id: from.the.client";
    var answer = exchange(request(start + " HTTP/1.1", LIST, HOST, id));
    assertThat(answer.headers()).containsEntry("x-correlation-id", "from.the.client");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/mcp/v2", "/mcp//", "/MCP", "/mcp/../mcp", "/%6dcp", "/health"})
  void anUnknownPathIsNotFound(String path) {
    assertThat(exchange(request("POST " + path + " HTTP/1.1", LIST, HOST, JSON)).status())
        .isEqualTo(404);
  }

  /** As the JDK's client does on each new connection; upgraded, it loses answers now and then. */
  @Test
  void whoeverAsksForAnotherVersionIsAnsweredInThisOne() {
    try (var connection = new RawConnection(gateway.port())) {
      var asking = RawConnection.request(
          "GET /health/live HTTP/1.1",
          new byte[0],
          "Host: localhost",
          "Upgrade: h2c",
          "Connection: Upgrade, HTTP2-Settings",
          "HTTP2-Settings: AAEAAEAAAAIAAAAA");
      var first = connection.send(asking).read();
      assertThat(first.status()).isEqualTo(200);
      assertThat(first.headers()).doesNotContainKey("upgrade");
      assertThat(connection.send(asking).read().status()).isEqualTo(200);
    }
  }

  @Test
  void whoeverSpeaksAnotherVersionIsRefused() {
    try (var connection = new RawConnection(gateway.port())) {
      connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(501);
    }
  }

  @Test
  void whoeverLeavesInTheMiddleHarmsNobody() {
    for (var half : new String[] {"POST /mc", "POST /mcp HTTP/1.1\r\nHost: loc"}) {
      new RawConnection(gateway.port()).send(half).close();
    }
    var whole = new String(post(LIST, HOST, JSON), UTF_8);
    new RawConnection(gateway.port())
        .send(whole.substring(0, whole.length() - 1))
        .close();
    new RawConnection(gateway.port()).send(whole).close();
    var params = JsonObject.of("name", "hang");
    new RawConnection(gateway.port())
        .send(post(modernBody("tools/call", params).getBytes(UTF_8), HOST, JSON))
        .close();
  }

  private static Answer exchange(byte[] bytes) {
    try (var connection = new RawConnection(gateway.port())) {
      return connection.send(bytes).read();
    }
  }

  private static void refused(int status, String why, String... lines) {
    var answer = exchange(post(LIST, lines));
    assertThat(answer.body()).isEqualTo(error(-32600, why));
    assertThat(answer.status()).isEqualTo(status);
  }

  /** As far as to where a session is missed. */
  private static void taken(String... lines) {
    var answer = exchange(post(LIST, lines));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(error(-32000, NO_SESSION).replace("\"error\"", "\"id\":1,\"error\""));
  }

  private static String error(int code, String message) {
    return "{\"jsonrpc\":\"2.0\",\"error\":"
        + JsonObject.of("code", code, "message", message).encode()
        + "}";
  }
}
