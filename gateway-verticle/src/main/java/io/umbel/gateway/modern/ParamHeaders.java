package io.umbel.gateway.modern;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.wire.McpException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Headers that repeat arguments of a tool: a parameter with {@code x-mcp-header} stands again in
 * {@code Mcp-Param-…}, for intermediaries that do not parse bodies. A value that is given must be
 * there, and one that is there must be the one given.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">
 *     Streamable HTTP</a>
 */
final class ParamHeaders {

  private static final String PREFIX = "Mcp-Param-";

  private final LoadingCache<Offer, List<Mirrored>> declared =
      Caffeine.newBuilder().weakKeys().build(ParamHeaders::declaredBy);

  /**
   * A parameter that a header repeats.
   *
   * @param header its whole name
   * @param path the members that lead to it
   */
  private record Mirrored(String header, List<String> path) {}

  /** Throws {@link McpException#headerMismatch} unless the headers agree with the arguments. */
  void check(Offer tool, Buffer arguments, UnaryOperator<String> headers) {
    var all = declared.get(tool);
    if (all.isEmpty()) {
      return;
    }
    var given = arguments == null ? new JsonObject() : arguments.toJsonObject();
    for (var mirrored : all) {
      check(mirrored, at(given, mirrored.path()), headers.apply(mirrored.header()));
    }
  }

  private static void check(Mirrored mirrored, Object value, String header) {
    var sent = HeaderValue.decoded(mirrored.header(), header);
    if (value == null && sent == null) {
      return;
    }
    if (value == null || sent == null || !isSame(value, sent)) {
      throw McpException.headerMismatch("the header " + mirrored.header() + " must be the argument "
          + String.join(".", mirrored.path()) + ", or both absent");
    }
  }

  private static boolean isSame(Object value, String sent) {
    if (!(value instanceof Number)) {
      return value.toString().equals(sent);
    }
    try {
      return new BigDecimal(value.toString()).compareTo(new BigDecimal(sent)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static Object at(JsonObject arguments, List<String> path) {
    Object here = arguments;
    for (var member : path) {
      here = here instanceof JsonObject object ? object.getValue(member) : null;
    }
    return here;
  }

  private static List<Mirrored> declaredBy(Offer tool) {
    var all = new ArrayList<Mirrored>();
    collect(tool.definition().getJsonObject("inputSchema", new JsonObject()), List.of(), all);
    return all;
  }

  private static void collect(JsonObject schema, List<String> path, List<Mirrored> all) {
    if (!(schema.getValue("properties") instanceof JsonObject properties)) {
      return;
    }
    for (var property : properties) {
      if (property.getValue() instanceof JsonObject inner) {
        var here = new ArrayList<>(path);
        here.add(property.getKey());
        if (inner.getValue("x-mcp-header") instanceof String name) {
          all.add(new Mirrored(PREFIX + name, here));
        }
        collect(inner, here, all);
      }
    }
  }
}
