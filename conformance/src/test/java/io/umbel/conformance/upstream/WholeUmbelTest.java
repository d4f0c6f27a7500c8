package io.umbel.conformance.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Policy;
import io.umbel.registry.server.Server;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stands between the suite's client and the server that the suite plays. */
@Timeout(30)
class WholeUmbelTest {

  @Test
  void saysWhereTheServerIsFoundOnceItWasScanned() {
    try (var behind = new WholeUmbel(server(URI.create("http://127.0.0.1:9/mcp")), List.of());
        var front = new WholeUmbel(server(behind.at("/mcp")), List.of("127.0.0.1"))) {
      assertThat(front.awaitScan()).isEqualTo(front.at("/mcp/servers/suite"));
    }
  }

  @Test
  void saysWhyAServerCannotBeUsed() {
    var vertx = Vertx.vertx();
    var garbage = vertx
        .createHttpServer()
        .requestHandler(request -> request.response().end("no MCP"))
        .listen(0, "127.0.0.1")
        .await();
    var url = URI.create("http://127.0.0.1:" + garbage.actualPort() + "/mcp");
    try (var umbel = new WholeUmbel(server(url), List.of("127.0.0.1"))) {
      assertThatThrownBy(umbel::awaitScan)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("The server was not scanned: ")
          .hasMessageContaining("\"last_error\":\"");
    } finally {
      vertx.close().await();
    }
  }

  private static Server server(URI url) {
    return new Server(
        new Server.Key(Server.Key.OPERATOR, UUID.randomUUID()),
        WholeUmbel.SERVER,
        WholeUmbel.SERVER,
        new Endpoint.Http(url, new Credentials.None()),
        Policy.USUAL,
        1);
  }
}
