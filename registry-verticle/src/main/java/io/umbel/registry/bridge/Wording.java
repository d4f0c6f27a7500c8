package io.umbel.registry.bridge;

import io.umbel.contract.Call;
import io.umbel.registry.bridge.Holdings.Found;
import io.umbel.registry.upstream.Era;
import io.umbel.registry.upstream.Upstream.Facts;
import io.umbel.registry.upstream.Upstream.Question;
import io.umbel.registry.upstream.rpc.Revisions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/** What a client asked, in the words of the server that is to answer it. */
final class Wording {

  private static final String MCP = "io.modelcontextprotocol/";
  private static final String VERSION = MCP + "protocolVersion";
  private static final String CAPABILITIES = MCP + "clientCapabilities";

  /** Said by the wire for itself, or meant for nobody but this house. */
  private static final List<String> OURS = List.of(VERSION, MCP + "clientInfo");

  private static final List<String> ROUNDS = List.of("inputResponses", "requestState");

  private final Call call;
  private final Found found;
  private final JsonObject params;
  private final JsonObject abilities;

  /**
   * A request to put into other words.
   *
   * @param params of the call, as they came
   */
  Wording(Call call, Found found, JsonObject params) {
    this.call = call;
    this.found = found;
    this.params = params;
    this.abilities = Abilities.carried(
        meta().getValue(CAPABILITIES) instanceof JsonObject declared ? declared : new JsonObject());
  }

  /** What the client can be asked. */
  JsonObject abilities() {
    return abilities;
  }

  /** Of the client; but what began without a session goes on without one. */
  Era era() {
    return ROUNDS.stream().anyMatch(params::containsKey)
        ? Era.STATELESS
        : Revisions.era(meta().getValue(VERSION));
  }

  /** As that server takes it. */
  Question question(Facts facts) {
    var worded = new JsonObject(new LinkedHashMap<>(params.getMap()));
    worded.put("_meta", metaForServer());
    if (!facts.modern()) {
      ROUNDS.forEach(worded::remove);
    }
    name(worded);
    return new Question(call.target().method(), worded, Duration.ZERO, isRepeatable());
  }

  /** Whether it may be carried out twice: reads, and what trusted servers say it of. */
  boolean isRepeatable() {
    if (!call.target().method().equals("tools/call")) {
      return true;
    }
    return found.holding().server().policy().trusted()
        && found.definition().json().getValue("annotations") instanceof JsonObject hints
        && (Boolean.TRUE.equals(hints.getValue("readOnlyHint"))
            || Boolean.TRUE.equals(hints.getValue("idempotentHint")));
  }

  private void name(JsonObject worded) {
    switch (call.target().method()) {
      case "tools/call", "prompts/get" -> worded.put("name", found.definition().name());
      case "resources/read" -> worded.put("uri", call.target().name());
      default -> refer(worded);
    }
  }

  private void refer(JsonObject worded) {
    if (worded.getValue("ref") instanceof JsonObject ref && ref.containsKey("name")) {
      worded.put("ref", ref.copy().put("name", found.definition().name()));
    }
  }

  private JsonObject metaForServer() {
    var meta = new JsonObject(new LinkedHashMap<>(meta().getMap()));
    OURS.forEach(meta::remove);
    return meta.put(CAPABILITIES, abilities)
        .put("io.umbel/correlationId", call.trail().correlationId());
  }

  private JsonObject meta() {
    return params.getValue("_meta") instanceof JsonObject meta ? meta : new JsonObject();
  }
}
