package io.umbel.registry.upstream.http;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which arguments of a server's tools its requests repeat in headers, as its lists of tools say. A
 * tool that says so in a way that cannot be is left out of the list.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">
 *     Streamable HTTP</a>
 */
final class ParamHeaders implements Consumer<JsonObject> {

  private static final Logger LOG = LoggerFactory.getLogger(ParamHeaders.class);
  private static final String PREFIX = "Mcp-Param-";
  private static final int MOST_TOOLS = 2_000;
  private static final long LARGEST = (1L << 53) - 1;

  private final Map<String, List<MirroredParam>> tools = new HashMap<>();

  /** A list of tools has come; those that cannot be are taken out of it. */
  @Override
  public void accept(JsonObject listed) {
    if (!(listed.getValue("tools") instanceof JsonArray all)) {
      return;
    }
    for (var each = all.iterator(); each.hasNext(); ) {
      if (each.next() instanceof JsonObject tool && !learn(tool)) {
        each.remove();
      }
    }
  }

  /** Adds the headers of a call. */
  void write(JsonObject params, MultiMap headers) {
    var mirrored = tools.get(params.getString("name", ""));
    if (mirrored == null || !(params.getValue("arguments") instanceof JsonObject arguments)) {
      return;
    }
    for (var param : mirrored) {
      var text = text(param.in(arguments));
      if (text != null) {
        headers.set(PREFIX + param.header(), HeaderText.encoded(text));
      }
    }
  }

  private boolean learn(JsonObject tool) {
    if (!(tool.getValue("inputSchema") instanceof JsonObject schema)) {
      return true; // whoever uses the list judges it
    }
    var name = tool.getString("name", "");
    try {
      var mirrored = MirroredParam.declaredBy(schema);
      if (mirrored.isEmpty()) {
        tools.remove(name);
      } else if (tools.size() < MOST_TOOLS) {
        tools.put(name, mirrored);
      }
      return true;
    } catch (IllegalArgumentException e) {
      LOG.warn("A tool of a server is left out of its list: {}", e.getMessage());
      return false;
    }
  }

  private static String text(Object value) {
    if (value instanceof String || value instanceof Boolean) {
      return value.toString();
    }
    var whole = value instanceof Integer || value instanceof Long;
    return whole && Math.abs(((Number) value).longValue()) <= LARGEST ? value.toString() : null;
  }
}
