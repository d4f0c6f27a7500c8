package io.umbel.registry.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.UpstreamSettings.Bounds;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where servers may be that the operator configured, and that accounts registered. */
@Timeout(60)
class OperatorsServerTest {

  private final PlayedServer server = PlayedServer.stateless(new JsonObject());
  private final Visitor visitor = new Visitor(List.of(), Bounds.USUAL, null);

  @AfterEach
  void close() {
    visitor.close();
    server.close();
  }

  @Test
  void theOperatorsServerMayBeAnywhereAndAnAccountsAtTheSamePlaceMayNot() {
    assertThat(open(Server.Key.OPERATOR, new Credentials.None()).facts().modern()).isTrue();
    assertThatThrownBy(() -> open("acme", new Credentials.None()))
        .isInstanceOfSatisfying(
            UpstreamFailure.class, why -> assertThat(why.reason()).isEqualTo(Reason.FORBIDDEN));
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void theOperatorsServerLeadsToNoOtherPlaceThatIsForbidden() {
    try (var elsewhere = new PlayedServer()) {
      server.on("server/discover", turn -> turn.status(401));
      server.on(
          "GET /.well-known/oauth-protected-resource/mcp",
          turn -> turn.json(
              200,
              new JsonObject()
                  .put("resource", server.url().toString())
                  .put(
                      "authorization_servers",
                      new JsonArray().add(elsewhere.url("/realm").toString()))));
      var client = new Credentials.ClientCredentials("umbel", "secret", null, null, null);
      assertThatThrownBy(() -> open(Server.Key.OPERATOR, client))
          .isInstanceOf(UpstreamFailure.class)
          .hasMessageEndingWith(
              ": it is not on the public internet, and the operator does not allow it");
      assertThat(server.seen("GET /.well-known/oauth-protected-resource/mcp")).hasSize(1);
      assertThat(elsewhere.seen()).isEmpty();
    }
  }

  private Upstream open(String account, Credentials credentials) {
    var endpoint = new Endpoint.Http(server.url(), credentials);
    return visitor.opening(account, endpoint, new JsonObject(), Era.STATELESS).await();
  }
}
