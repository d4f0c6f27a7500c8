package io.umbel.gateway.call;

import io.umbel.gateway.wire.McpRequest;
import io.umbel.gateway.wire.Notifications;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * The calls whose answers this gateway instance waits for, by the ids that providers know them by:
 * what a provider says of one before its answer goes to the client through here.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
public final class OpenCalls {

  private final Map<String, McpRequest> open = new HashMap<>();
  private final OpenNow now;

  public OpenCalls(OpenNow now) {
    this.now = now;
  }

  void open(String id, McpRequest request) {
    open.put(id, request);
    now.calls().incrementAndGet();
  }

  void close(String id) {
    open.remove(id);
    now.calls().decrementAndGet();
  }

  /** How many there are. */
  public int size() {
    return open.size();
  }

  /** Passes progress on if the client asked for it; it only ever grows. */
  void progress(String id, JsonObject body) {
    var call = open.get(id);
    if (call == null || !(body.getValue("progress") instanceof Number progress)) {
      return;
    }
    var token = call.envelope().params().meta().client().progressToken();
    if (token != null && call.exchange().progress().to(progress.doubleValue())) {
      notify(call, "notifications/progress", withToken(token, body));
    }
  }

  /** Passes a log line on; the provider knows which ones the client wants. */
  void log(String id, Buffer body) {
    var call = open.get(id);
    if (call != null) {
      notify(call, "notifications/message", body);
    }
  }

  /** Lets the client hang up, where its era knows such a thing. */
  void pause(String id) {
    var call = open.get(id);
    if (call != null) {
      call.exchange().notices().pause();
    }
  }

  private static Buffer withToken(Buffer token, JsonObject body) {
    return Buffer.buffer("{\"progressToken\":")
        .appendBuffer(token)
        .appendString(",")
        .appendBuffer(body.toBuffer().getBuffer(1, body.toBuffer().length()));
  }

  private static void notify(McpRequest call, String method, Buffer params) {
    call.exchange().notices().send(Notifications.of(method, params));
  }
}
