package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The gateway that holds its clients' streams is killed: nobody is left with silence. */
@TestMethodOrder(OrderAnnotation.class)
class StreamLossTest {

  private static final String[] GATEWAY = {"up", "--cluster", "--roles", "gateway"};
  private static final String PREFIX = "io.modelcontextprotocol/";

  @TempDir
  static Path directory;

  private static UmbelProcess first;
  private static UmbelProcess second;
  private static UmbelProcess tools;
  private static URI there;
  private static String session;

  private static LineStream own;
  private static String ownEvent;
  private static LineStream call;
  private static String callEvent;
  private static LineStream readByTheOther;
  private static LineStream statelessCall;
  private static LineStream listening;
  private static String token;

  /** Opens a stream of each kind at the first gateway, and kills it. */
  @BeforeAll
  static void open() throws IOException {
    var trial = Trial.in(directory);
    tools = trial.start("up", "--cluster", "--roles", PatientTools.class.getName());
    tools.awaitLine("ready");
    first = trial.start(GATEWAY);
    second = trial.start(GATEWAY);
    token = trial.token();
    var here = first.endpoint();
    there = second.endpoint();
    session = initialize(here);
    own = new LineStream(get(here, null));
    grow(here, "one_more");
    ownEvent = own.next("id:");
    call = new LineStream(legacyCall(here, "c"));
    callEvent = call.next("id:");
    var moved = new LineStream(legacyCall(here, "m"));
    readByTheOther = new LineStream(get(there, moved.next("id:")));
    statelessCall = new LineStream(modern(here, "tools/call", waiting("s")));
    statelessCall.next("data:");
    listening = new LineStream(listen(here));
    listening.next("data:");
    first.kill().status();
  }

  @AfterAll
  static void close() throws IOException {
    first.close();
    second.close();
    tools.close();
  }

  @Test
  @Order(1)
  void everyStreamOfThatGatewayBreaksWithoutAnAnswer() {
    assertThat(call.next("data: {\"jsonrpc\":\"2.0\",\"id\"")).isNull();
    assertThat(own.next("data: {\"jsonrpc\":\"2.0\",\"id\"")).isNull();
    assertThat(statelessCall.next("data: {\"jsonrpc\":\"2.0\",\"id\"")).isNull();
    assertThat(listening.next("data: {\"jsonrpc\":\"2.0\",\"id\"")).isNull();
  }

  @Test
  void whoComesBackForAnAnswerIsToldThatItIsLost() {
    lost(new LineStream(get(there, callEvent)), "c");
  }

  @Test
  void whoReadByTheOtherGatewayIsToldThatItsAnswerIsLost() {
    lost(readByTheOther, "m");
  }

  @Test
  void aSessionsOwnStreamIsNotFoundAndANewOneTells() {
    assertThat(new LineStream(get(there, ownEvent)).status()).isEqualTo(404);
    var again = new LineStream(get(there, null));
    assertThat(again.status()).isEqualTo(200);
    grow(there, "two_more");
    assertThat(again.next("data: {")).contains("notifications/tools/list_changed");
  }

  @Test
  void listeningAgainAtTheOtherGatewayTells() {
    var again = new LineStream(listen(there));
    assertThat(again.next("data:")).contains("notifications/subscriptions/acknowledged");
    grow(there, "three_more");
    assertThat(again.next("data:")).contains("notifications/tools/list_changed");
  }

  @Test
  void callsAtTheOtherGatewayAreAnsweredInBothEras() {
    var params = JsonObject.of("name", "hello");
    assertThat(send(modern(there, "tools/call", params)).body()).contains("hello");
    var request = request(there).header("Mcp-Session-Id", session);
    request.POST(BodyPublishers.ofString(message("again", "tools/call", params).encode()));
    assertThat(send(request.build()).body()).contains("hello");
  }

  private static void lost(LineStream stream, String id) {
    assertThat(stream.status()).isEqualTo(200);
    var answer = new JsonObject(lastData(stream));
    assertThat(answer.getString("id")).isEqualTo(id);
    assertThat(answer.getJsonObject("error").getString("message"))
        .isEqualTo("The stream of this request is gone; whether it took effect is not known");
  }

  private static String lastData(LineStream stream) {
    String last = null;
    for (var data = stream.next("data:"); data != null; data = stream.next("data:")) {
      last = data;
    }
    return last;
  }

  private static String initialize(URI uri) {
    var params = JsonObject.of("protocolVersion", "2025-11-25", "capabilities", new JsonObject());
    var body = message(0, "initialize", params).encode();
    return send(request(uri).POST(BodyPublishers.ofString(body)).build())
        .headers()
        .firstValue("Mcp-Session-Id")
        .orElseThrow();
  }

  private static void grow(URI uri, String word) {
    var params = JsonObject.of("name", "grow", "arguments", JsonObject.of("word", word));
    assertThat(send(modern(uri, "tools/call", params)).body()).contains("grown");
  }

  private static HttpRequest legacyCall(URI uri, String id) {
    return request(uri)
        .header("Mcp-Session-Id", session)
        .POST(BodyPublishers.ofString(message(id, "tools/call", waiting(id)).encode()))
        .build();
  }

  private static JsonObject waiting(String token) {
    return JsonObject.of("name", "wait", "_meta", JsonObject.of("progressToken", token));
  }

  private static HttpRequest get(URI uri, String lastEvent) {
    var request = request(uri).header("Mcp-Session-Id", session).GET();
    return (lastEvent == null ? request : request.header("Last-Event-ID", lastEvent)).build();
  }

  private static HttpRequest listen(URI uri) {
    var wanted = JsonObject.of("toolsListChanged", true);
    return modern(uri, "subscriptions/listen", JsonObject.of("notifications", wanted));
  }

  private static HttpRequest modern(URI uri, String method, JsonObject params) {
    var meta = params
        .getJsonObject("_meta", new JsonObject())
        .copy()
        .put(PREFIX + "protocolVersion", "2026-07-28")
        .put(PREFIX + "clientCapabilities", new JsonObject());
    var body = message("x", method, params.copy().put("_meta", meta)).encode();
    var request = request(uri)
        .header("MCP-Protocol-Version", "2026-07-28")
        .header("Mcp-Method", method)
        .POST(BodyPublishers.ofString(body));
    var name = params.getString("name");
    return (name == null ? request : request.header("Mcp-Name", name)).build();
  }

  private static JsonObject message(Object id, String method, JsonObject params) {
    return JsonObject.of("jsonrpc", "2.0", "id", id, "method", method, "params", params);
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream");
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
