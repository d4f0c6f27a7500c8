package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.TailoredTools;
import io.umbel.gateway.GatewaySettings.Lists;
import io.umbel.gateway.catalog.Visibility;
import io.umbel.gateway.identity.IssuerKey;
import io.umbel.gateway.identity.TestIssuer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody is told of a change of a resource that is there, but that they may not see. */
class HiddenResourcesTest {

  private static final IssuerKey KEY = IssuerKey.es256("k");
  private static final String SHOWN = "talk://asking";
  private static final String HIDDEN = TalkingTools.WATCHED;

  @Test
  void whatTheOperatorHidesIsNotTold() {
    var lists = new Lists(100, Duration.ZERO, Visibility.of(List.of("disable resource:" + HIDDEN)));
    try (var gateway =
        new RunningGateway(GatewaySettings.defaults().listing(lists), new TalkingTools())) {
      var client = new Client(gateway.port(), null);
      var streams = List.of(client.modern(HIDDEN, SHOWN), client.legacy(HIDDEN, SHOWN));
      for (var uri : List.of(HIDDEN, SHOWN)) {
        var touch = JsonObject.of("name", "touch", "arguments", JsonObject.of("word", uri));
        assertThat(Talk.text(gateway.modern("tools/call", touch))).isEqualTo("touched");
      }
      streams.forEach(stream -> assertThat(updated(stream)).isEqualTo(SHOWN));
    }
  }

  @Test
  void whatIsAnothersIsNotTold() {
    var tools = new TailoredTools();
    try (var issuer = new TestIssuer(KEY);
        var gateway =
            new RunningGateway(GatewaySettings.defaults().guardedBy(issuer.guards()), tools)) {
      var ann = new Client(gateway.port(), KEY.sign(TestIssuer.claims("acme", "ann")));
      var bob = new Client(gateway.port(), KEY.sign(TestIssuer.claims("acme", "bob")));
      var both = new String[] {"own://bob", "own://ann"};
      var anns = List.of(ann.modern(both), ann.legacy(both));
      var bobs = List.of(bob.modern(both), bob.legacy(both));
      tools.touched("own://bob");
      bobs.forEach(stream -> assertThat(updated(stream)).isEqualTo("own://bob"));
      tools.touched("own://ann");
      anns.forEach(stream -> assertThat(updated(stream)).isEqualTo("own://ann"));
      tools.touched("own://bob");
      bobs.forEach(stream -> assertThat(updated(stream)).isEqualTo("own://bob"));
      anns.forEach(stream -> assertThat(stream.hasNext()).isFalse());
    }
  }

  /** The resource of the next message. */
  private static String updated(EventClient stream) {
    var told = stream.message();
    assertThat(told.getString("method")).isEqualTo("notifications/resources/updated");
    return told.getJsonObject("params").getString("uri");
  }

  /** Somebody with a token, or nobody in particular. */
  private record Client(int port, String token) {

    /** A stream that watches these. */
    EventClient modern(String... uris) {
      var wanted = JsonObject.of("resourceSubscriptions", new JsonArray(List.of(uris)));
      var params = JsonObject.of("notifications", wanted);
      var message = Talk.modernMessage(1, "subscriptions/listen", params, new JsonObject());
      var stream = new EventClient(to().header("MCP-Protocol-Version", "2026-07-28")
          .header("Mcp-Method", "subscriptions/listen")
          .POST(Talk.body(message))
          .build());
      assertThat(stream.message().getString("method"))
          .isEqualTo("notifications/subscriptions/acknowledged");
      return stream;
    }

    /** The stream of a session that watches these. */
    EventClient legacy(String... uris) {
      var hello = Talk.initializeMessage("2025-11-25", new JsonObject());
      var session = new EventClient(to().POST(Talk.body(hello)).build())
          .response()
          .headers()
          .firstValue("Mcp-Session-Id")
          .orElseThrow();
      for (var uri : uris) {
        var watch = Talk.message(1, "resources/subscribe", JsonObject.of("uri", uri));
        var answer = new EventClient(
            to().header("Mcp-Session-Id", session).POST(Talk.body(watch)).build());
        assertThat(answer.message().getJsonObject("result")).isEqualTo(new JsonObject());
      }
      var stream = new EventClient(to().setHeader("Accept", "text/event-stream")
          .header("Mcp-Session-Id", session)
          .GET()
          .build());
      assertThat(stream.status()).isEqualTo(200);
      return stream;
    }

    private HttpRequest.Builder to() {
      var request = Talk.to(port, "/mcp");
      return token == null ? request : request.header("Authorization", "Bearer " + token);
    }
  }
}
