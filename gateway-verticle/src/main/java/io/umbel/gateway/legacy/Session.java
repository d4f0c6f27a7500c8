package io.umbel.gateway.legacy;

import io.umbel.contract.Caller;
import io.umbel.gateway.wire.Revision;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * A session of an older client: what was agreed on in its {@code initialize}. Its id is these
 * facts, sealed; no node keeps it.
 *
 * @param key names it among the nodes without giving it away
 * @param owner whose it is, as {@link Caller#owner} says it
 * @param expiresAt in milliseconds since 1970
 * @param revision what it was agreed on
 * @param metaMembers what a stateless client would say in each request's {@code _meta}: revision,
 *     capabilities and name, as the members of a JSON object without its braces
 */
record Session(String key, String owner, long expiresAt, Revision revision, Buffer metaMembers) {

  static JsonObject facts(String key, Caller caller, long expiresAt, Agreement agreement) {
    return new JsonObject()
        .put("key", key)
        .put("owner", caller.owner())
        .put("exp", expiresAt)
        .put("revision", agreement.revision().text())
        .put("capabilities", agreement.capabilities())
        .put("info", agreement.clientInfo());
  }

  static Session of(JsonObject facts) {
    return new Session(
        facts.getString("key"),
        facts.getString("owner"),
        facts.getLong("exp"),
        Revision.of(facts.getString("revision")).orElse(Revision.NEWEST_WITH_SESSIONS),
        metaMembers(facts));
  }

  boolean belongsTo(Caller caller) {
    return owner.equals(caller.owner());
  }

  private static Buffer metaMembers(JsonObject facts) {
    var prefix = "io.modelcontextprotocol/";
    var meta = new JsonObject()
        .put(prefix + "protocolVersion", facts.getString("revision"))
        .put(prefix + "clientCapabilities", facts.getJsonObject("capabilities"));
    if (facts.getJsonObject("info") != null) {
      meta.put(prefix + "clientInfo", facts.getJsonObject("info"));
    }
    var json = meta.toBuffer();
    return json.getBuffer(1, json.length() - 1);
  }

  /**
   * What client and gateway agreed on.
   *
   * @param capabilities of the client
   * @param clientInfo its name and version, or null
   */
  record Agreement(Revision revision, JsonObject capabilities, JsonObject clientInfo) {}
}
