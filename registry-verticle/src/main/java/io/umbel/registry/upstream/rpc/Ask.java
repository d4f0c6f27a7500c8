package io.umbel.registry.upstream.rpc;

import io.umbel.contract.LogLevel;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * A request as a server gets it, but for its id.
 *
 * @param method of MCP
 * @param params with the {@code _meta} of its era; a progress token in it is replaced by one that
 *     no other request has
 * @param timeout how long the answer, or a sign of progress, is waited for; null for ever
 * @param logs the least severe log line that is wanted, or null for none
 */
public record Ask(String method, JsonObject params, Duration timeout, LogLevel logs) {

  static final String META = "_meta";
  static final String TOKEN = "progressToken";

  /** One that nobody hears of while it is not answered. */
  public Ask(String method, JsonObject params, Duration timeout) {
    this(method, params, timeout, null);
  }

  /** As it goes out: the params are not changed, but copied where they have to be. */
  JsonObject message(long id) {
    var message = new JsonObject().put("jsonrpc", "2.0").put("id", id).put("method", method);
    if (params == null) {
      return message;
    }
    if (params.getValue(META) instanceof JsonObject meta && meta.getValue(TOKEN) != null) {
      return message.put("params", with(params, META, with(meta, TOKEN, id)));
    }
    return message.put("params", params);
  }

  /** The same object with another member; what it holds is shared. */
  static JsonObject with(JsonObject object, String member, Object value) {
    return shallow(object).put(member, value);
  }

  static JsonObject shallow(JsonObject object) {
    return new JsonObject(new java.util.LinkedHashMap<>(object.getMap()));
  }
}
