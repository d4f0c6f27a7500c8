package io.umbel.registry.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Definitions.Definition;
import io.umbel.registry.server.Definitions.Kind;
import io.umbel.registry.server.Definitions.Standing;
import io.umbel.registry.server.Definitions.State;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Policy;
import io.umbel.registry.server.Server;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One server's endless texts leave the others theirs. */
class RoomTest {

  @Test
  void whereAllTogetherAreTooMuchEachServerHasItsShare() {
    var huge = holding("huge", 1_000, 9_000);
    var small = holding("small", 5, 100);
    var offers = new Holdings(List.of(huge, small)).offers();
    assertThat(offers.tools().stream().map(OfferedTool::name).filter(name -> name.startsWith("s")))
        .hasSize(5);
    assertThat(offers.tools().size()).isBetween(300, 600);
    assertThat(new Holdings(List.of(small)).offers().tools()).hasSize(5);
  }

  private static Holding holding(String namespace, int tools, int length) {
    var server = new Server(
        new Server.Key("acme", UUID.randomUUID()),
        namespace,
        namespace,
        new Endpoint.Http(URI.create("https://a.example/mcp"), new Credentials.None()),
        Policy.USUAL,
        1);
    var definitions =
        IntStream.range(0, tools).mapToObj(i -> definition("t" + i, length)).toList();
    return new Holding(server, Standing.UNKNOWN, definitions);
  }

  private static Definition definition(String name, int length) {
    var json = JsonObject.of("name", name, "description", "x".repeat(length));
    return new Definition(Kind.TOOL, name, json, null, State.APPROVED, name);
  }
}
