package io.umbel.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.EventClient;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.Guards;
import io.umbel.gateway.RawConnection;
import io.umbel.gateway.RunningGateway;
import io.umbel.gateway.Talk;
import io.umbel.gateway.TwoGateways;
import io.umbel.gateway.WhoTools;
import io.umbel.gateway.identity.IdentitySettings.Keys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The endpoint in front of which a token is asked for, and what it tells those without one. */
class GuardedEndpointTest {

  private static final IssuerKey KEY = IssuerKey.es256("k");

  private final TestIssuer issuer = new TestIssuer(KEY);
  private Asked gateway;

  @BeforeEach
  void start() {
    gateway = new Asked(issuer.guards());
  }

  @AfterEach
  void stop() {
    gateway.close();
    issuer.close();
  }

  @Test
  void allThreeSpellingsOfTheEndpointAnswerTheSame() {
    var answers = List.of("/mcp", "/mcp/", "/mcp/v1").stream().map(this::list).toList();
    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
    assertThat(answers)
        .extracting(HttpResponse::body)
        .containsOnly(answers.get(0).body());
  }

  private HttpResponse<String> list(String path) {
    var body = RunningGateway.modernBody("tools/list", new JsonObject());
    var request = HttpRequest.newBuilder(gateway.gateway().uri(path))
        .header("content-type", "application/json")
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", "tools/list")
        .header("authorization", "bearer " + token(600))
        .POST(BodyPublishers.ofString(body));
    return gateway.gateway().send(request);
  }

  @Test
  void whoIssuesTokensIsToldAtBothPathsToEverybody() {
    for (var path : List.of("/mcp", "")) {
      var answer =
          get("/.well-known/oauth-protected-resource" + path, "Origin", "https://a.example");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(new JsonObject(answer.body()))
          .isEqualTo(new JsonObject()
              .put("resource", "https://gateway.example/mcp")
              .put("authorization_servers", JsonArray.of(TestIssuer.ISSUER))
              .put("scopes_supported", JsonArray.of("tools", "admin"))
              .put("bearer_methods_supported", JsonArray.of("header"))
              .put("resource_name", "Umbel"));
    }
  }

  @Test
  void aPageThatAsksBeforehandMayReadWhoIssuesTokens() {
    var path = "/.well-known/oauth-protected-resource/mcp";
    var request = HttpRequest.newBuilder(gateway.gateway().uri(path))
        .method("OPTIONS", BodyPublishers.noBody());
    var answer = gateway.gateway().send(request, "Origin", "https://a.example");
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods")).hasValue("GET");
  }

  @Test
  void withoutAPublicUrlTheGatewayNamesWhereItListens() {
    var resource = new IdentitySettings.Resource(null, List.of(), List.of());
    var some = issuer.guards().identity();
    var own = new IdentitySettings(
        true,
        new IdentitySettings.Tokens(null, null, some.tokens().algorithms()),
        some.accounts(),
        some.keys(),
        resource,
        null);
    try (var other = new Asked(Guards.defaults().identifying(own))) {
      var base = "http://127.0.0.1:" + other.gateway().port();
      var metadata = base + "/.well-known/oauth-protected-resource/mcp";
      var refused = other.call();
      assertThat(refused.headers().firstValue("WWW-Authenticate"))
          .hasValue("Bearer resource_metadata=\"" + metadata + "\"");
      var told = other.gateway().send(HttpRequest.newBuilder(java.net.URI.create(metadata)));
      assertThat(new JsonObject(told.body()))
          .isEqualTo(new JsonObject()
              .put("resource", base + "/mcp")
              .put("bearer_methods_supported", JsonArray.of("header"))
              .put("resource_name", "Umbel"));
      var claims = TestIssuer.claims("acme", "ann");
      assertThat(other.callWith(KEY.sign(claims)).statusCode()).isEqualTo(401);
      assertThat(other.who(KEY.sign(claims.put("aud", base + "/mcp"))).getString("subject"))
          .isEqualTo("ann");
    }
  }

  @Test
  void aGatewayThatAsksNobodyHasNoMetadata() {
    try (var open = new RunningGateway(GatewaySettings.defaults(), new WhoTools())) {
      var path = open.uri("/.well-known/oauth-protected-resource");
      assertThat(open.send(HttpRequest.newBuilder(path)).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void probesAndPreflightsNeedNoToken() {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
    try (var connection = new RawConnection(gateway.gateway().port())) {
      var answer = connection
          .send(RawConnection.request(
              "OPTIONS /mcp HTTP/1.1",
              new byte[0],
              "Host: localhost",
              "Origin: http://localhost:3000",
              "Access-Control-Request-Method: POST",
              "Access-Control-Request-Headers: authorization"))
          .read();
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.headers()).containsEntry("access-control-allow-headers", "authorization");
    }
  }

  @Test
  void aPageMayReadTheChallenge() {
    try (var connection = new RawConnection(gateway.gateway().port())) {
      var answer = connection
          .send(RawConnection.post(
              "{}".getBytes(UTF_8),
              "Host: localhost",
              "Content-Type: application/json",
              "Origin: http://localhost:3000"))
          .read();
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.headers().get("access-control-expose-headers"))
          .contains("WWW-Authenticate");
    }
  }

  @Test
  void everyMethodOfEveryTransportNeedsAToken() {
    for (var path : List.of("/mcp", "/sse", "/sse/servers/files")) {
      assertThat(get(path, "Accept", "text/event-stream").statusCode()).isEqualTo(401);
    }
    assertThat(send("DELETE", "/mcp")).isEqualTo(401);
    assertThat(send("POST", "/messages?sessionId=x")).isEqualTo(401);
  }

  private int send(String method, String path) {
    var request = HttpRequest.newBuilder(gateway.gateway().uri(path))
        .method(method, BodyPublishers.ofString("{}"));
    return gateway.gateway().send(request, "Content-Type", "application/json").statusCode();
  }

  /** The key is not known yet, so that identity takes until the issuer answers. */
  @Test
  void noBodyIsReadBeforeItIsKnownWhoseItIs() {
    gateway.close();
    var pause = Duration.ofMillis(1);
    gateway = new Asked(
        TestIssuer.guards(new Keys(issuer.url(), List.of(), Duration.ofMinutes(5), pause)));
    var late = IssuerKey.rs256("late");
    issuer.publish(late);
    var held = new CountDownLatch(1);
    issuer.hold(held);
    var before = issuer.asked();
    var body = Asked.body(JsonObject.of("token", "x".repeat(300_000))).getBytes(UTF_8);
    try (var connection = new RawConnection(gateway.gateway().port())) {
      connection.send(RawConnection.post(
          body,
          "Host: localhost",
          "Content-Type: application/json",
          "MCP-Protocol-Version: 2026-07-28",
          "Mcp-Method: tools/call",
          "Mcp-Name: who",
          "Authorization: Bearer " + late.sign(TestIssuer.claims("acme", "ann"))));
      TwoGateways.until(() -> issuer.asked() > before);
      held.countDown();
      var answer = connection.read();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("\"subject\":\"ann\"");
    }
  }

  @Test
  void aConnectionGoesOnAfterARefusalWithABody() {
    try (var connection = new RawConnection(gateway.gateway().port())) {
      var refused = RawConnection.post(
          new byte[500_000], "Host: localhost", "Content-Type: application/json");
      for (int i = 0; i < 3; i++) {
        assertThat(connection.send(refused).read().status()).isEqualTo(401);
      }
    }
  }

  @Test
  void aStreamEndsWhenItsTokenDoes() {
    var session = gateway
        .gateway()
        .post(
            Talk.initializeMessage("2025-11-25", new JsonObject()).encode(),
            "Authorization",
            "Bearer " + token(600))
        .headers()
        .firstValue("Mcp-Session-Id")
        .orElseThrow();
    var brief = token(-25); // good for four or five more seconds
    var streams = List.of(
        new EventClient(
            to("/mcp", brief).header("Mcp-Session-Id", session).GET().build()),
        new EventClient(to("/sse", brief).GET().build()),
        listening(brief));
    for (var stream : streams) {
      assertThat(stream.status()).isEqualTo(200);
    }
    assertThat(streams.get(1).next().name()).isEqualTo("endpoint");
    assertThat(streams.get(2).message().getString("method")).contains("subscriptions");
    assertThat(streams.get(0).ends()).isTrue();
    assertThat(streams.get(1).ends()).isTrue();
    assertThat(streams.get(2).ends()).isTrue();
  }

  private EventClient listening(String token) {
    var body = Talk.modernMessage(1, "subscriptions/listen", new JsonObject(), new JsonObject());
    return new EventClient(to("/mcp", token)
        .header("MCP-Protocol-Version", "2026-07-28")
        .header("Mcp-Method", "subscriptions/listen")
        .POST(Talk.body(body))
        .build());
  }

  @Test
  void anOlderConnectionTakesMessagesOfItsOwnTokenOnly() {
    var stream = new EventClient(to("/sse", token(600)).GET().build());
    var messages = stream.next().data();
    assertThat(post(messages, KEY.sign(TestIssuer.claims("acme", "bob")))).isEqualTo(404);
    assertThat(post(messages, KEY.sign(TestIssuer.claims("acme", "ann").put("scope", "admin"))))
        .isEqualTo(404);
    assertThat(post(messages, token(900))).isEqualTo(202);
    assertThat(stream.message().getValue("id")).isEqualTo(1);
  }

  private int post(String path, String token) {
    var ping = Talk.message(1, "ping", new JsonObject());
    return new EventClient(to(path, token).POST(Talk.body(ping)).build()).status();
  }

  private HttpRequest.Builder to(String path, String token) {
    return Talk.to(gateway.gateway().port(), path).header("Authorization", "Bearer " + token);
  }

  private static String token(int seconds) {
    var exp = System.currentTimeMillis() / 1000 + seconds;
    return KEY.sign(TestIssuer.claims("acme", "ann").put("iat", 1).put("exp", exp));
  }

  private HttpResponse<String> get(String path, String... headers) {
    return gateway.gateway().send(HttpRequest.newBuilder(gateway.gateway().uri(path)), headers);
  }
}
