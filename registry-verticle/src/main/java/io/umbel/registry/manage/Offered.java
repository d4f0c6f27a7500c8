package io.umbel.registry.manage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.umbel.contract.Bus;
import io.umbel.contract.ServerNames;
import io.umbel.registry.server.Definitions.Definition;
import io.umbel.registry.server.Definitions.Kind;
import io.umbel.registry.server.Definitions.State;
import io.umbel.registry.server.Server;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * What a server offers, as REST shows it. The answer has to fit into one message: from where it
 * would not, schemas are left out, and said to be.
 */
final class Offered {

  private static final int MOST_BYTES = Bus.MAX_MESSAGE_BYTES * 3 / 4;
  private static final List<String> LARGE = List.of("input_schema", "output_schema", "diff");

  private final Server server;
  private final Map<String, Instant> discovered;

  Offered(Server server, Map<String, Instant> discovered) {
    this.server = server;
    this.discovered = discovered;
  }

  /** Those of that kind that it offers now. */
  JsonArray of(List<Definition> all, Kind kind) {
    var shown = new JsonArray();
    var bytes = 0;
    for (var each : all) {
      if (each.kind() == kind && each.state() != State.REMOVED) {
        var one = one(each);
        bytes += one.encode().length();
        if (bytes > MOST_BYTES) {
          bytes -= one.encode().length();
          LARGE.forEach(one::remove);
          one.put("left_out", "schemas: the list is too long for them");
          bytes += one.encode().length();
        }
        if (bytes > MOST_BYTES) {
          break;
        }
        shown.add(one);
      }
    }
    return shown;
  }

  private JsonObject one(Definition definition) {
    var json = definition.json();
    var shown = new JsonObject()
        .put("id", id(definition))
        .put("mcp_server_id", server.key().id().toString())
        .put("name", definition.name())
        .put("listed_name", listedName(definition))
        .put("title", json.getValue("title"))
        .put("description", json.getValue("description"))
        .put("input_schema", json.getValue("inputSchema"))
        .put("output_schema", json.getValue("outputSchema"))
        .put("annotations", json.getValue("annotations"))
        .put("schema_hash", definition.hash())
        .put("state", definition.state().name().toLowerCase(Locale.ROOT))
        .put("is_enabled", isEnabled(definition))
        .put("discovered_at", Shown.text(at(definition)));
    shown.fieldNames().removeIf(name -> shown.getValue(name) == null);
    return definition.approved() == null
        ? shown
        : shown.put("diff", Unlike.of(definition.approved(), json));
  }

  private boolean isEnabled(Definition definition) {
    return definition.kind() != Kind.TOOL || server.policy().enables(definition.name());
  }

  private String listedName(Definition definition) {
    return definition.kind() == Kind.TOOL || definition.kind() == Kind.PROMPT
        ? ServerNames.of(server.namespace(), definition.name())
        : definition.name();
  }

  private Instant at(Definition definition) {
    return discovered.get(definition.kind() + " " + definition.name());
  }

  private String id(Definition definition) {
    var text = server.key().id() + " " + definition.kind() + " " + definition.name();
    return UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).toString();
  }
}
