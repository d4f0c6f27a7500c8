package io.umbel.gateway.modern;

import io.umbel.contract.Outcome;
import io.umbel.gateway.wire.McpMethod;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * Puts around a result what every result of the stateless era carries: {@code resultType}, who
 * answered, and how long a list may be kept. The result itself stays the bytes it came in.
 */
final class ModernResults {

  private static final String COMPLETE = "{\"resultType\":\"complete\",";
  private static final String INPUT_REQUIRED = "{\"resultType\":\"input_required\",";

  private final String kept;
  private final String serverInfo;

  ModernResults(JsonObject serverInfo, long keepForMillis) {
    this.kept = "\"ttlMs\":" + keepForMillis + ",\"cacheScope\":\"private\",";
    this.serverInfo = "\"_meta\":{\"io.modelcontextprotocol/serverInfo\":" + serverInfo.encode();
  }

  /** A result that is none yet: the client is to answer questions and come back. */
  Buffer inputRequired(Outcome.InputRequired asked) {
    return Buffer.buffer(INPUT_REQUIRED)
        .appendString(serverInfo)
        .appendString("},")
        .appendBuffer(asked.json(), 1, asked.json().length() - 1);
  }

  Buffer complete(Outcome.Result result, McpMethod method) {
    var json = result.json();
    var whole = Buffer.buffer(json.length() + 256).appendString(COMPLETE);
    if (method.isCacheable()) {
      whole.appendString(kept);
    }
    whole.appendString(serverInfo);
    if (result.meta() != null && result.meta().length() > 2) {
      whole.appendString(",").appendString(result.meta().substring(1));
    } else {
      whole.appendString("}");
    }
    return json.length() > 2
        ? whole.appendString(",").appendBuffer(json, 1, json.length() - 1)
        : whole.appendString("}");
  }
}
