package io.umbel.gateway.trace;

import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.umbel.gateway.wire.Reply;
import io.umbel.gateway.wire.Revision;
import io.vertx.core.AsyncResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * What a span says of a request: what was asked, by the words of the protocol only.
 *
 * @param method a method of MCP, or {@code unknown}
 * @param tool one that the caller is shown, or null
 * @param exchange around it
 * @param message as it came
 */
record Asked(String method, String tool, Exchange exchange, Envelope message) {

  private static final int BROKEN = -32603;

  /**
   * A request.
   *
   * @param tool that it is about, where the caller is shown it, else null
   */
  static Asked of(Envelope message, Exchange exchange, String tool) {
    var method = McpMethod.exists(message.method()) ? message.method() : "unknown";
    return new Asked(method, tool, exchange, message);
  }

  /** As the conventions name spans: the method and, for a tool, its name. */
  String span() {
    return tool == null ? method : method + " " + tool;
  }

  /** Whose part it is: what the message says goes before what its transport says. */
  List<Entry<String, String>> parent() {
    var trace = message.params().meta().trace();
    var headers = exchange.origin().headers();
    var inMeta = trace.parent() != null;
    var parent = new ArrayList<Entry<String, String>>();
    add(parent, "traceparent", inMeta ? trace.parent() : headers.apply("traceparent"));
    add(parent, "tracestate", inMeta ? trace.state() : headers.apply("tracestate"));
    return parent;
  }

  /** What is known when it begins. */
  List<Entry<String, String>> tags() {
    var tags = new ArrayList<Entry<String, String>>();
    add(tags, "mcp.method.name", method);
    Revision.of(message.params().meta().claim().version())
        .ifPresent(known -> add(tags, "mcp.protocol.version", known.text()));
    add(tags, "gen_ai.operation.name", tool == null ? null : "execute_tool");
    add(tags, "gen_ai.tool.name", tool);
    add(tags, "umbel.correlation_id", exchange.correlationId());
    return tags;
  }

  /** What is known when it ends: the code of its error, if it is one. */
  static List<Entry<String, String>> endTags(AsyncResult<Reply> done) {
    var error = error(done);
    return error == 0
        ? List.of()
        : List.of(
            Map.entry("error.type", Integer.toString(error)),
            Map.entry("rpc.response.status_code", Integer.toString(error)));
  }

  private static int error(AsyncResult<Reply> done) {
    if (done.succeeded()) {
      return done.result().error();
    }
    return done.cause() instanceof McpException known ? known.code() : BROKEN;
  }

  private static void add(List<Entry<String, String>> to, String name, String value) {
    if (value != null) {
      to.add(Map.entry(name, value));
    }
  }
}
