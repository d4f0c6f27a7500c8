package io.umbel.tools.issues.tracker;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * An HTTP API on loopback that a test plays: it remembers what it was asked, and answers by route,
 * or first with what a test wants it to answer next.
 */
public class PlayedApi {

  private final List<Route> routes = new ArrayList<>();
  private final Queue<Next> next = new ConcurrentLinkedQueue<>();
  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  /**
   * A request.
   *
   * @param path as it came, nothing decoded
   * @param groups of the route's pattern, decoded
   */
  public record Asked(
      String method,
      String path,
      MultiMap query,
      MultiMap headers,
      Buffer body,
      List<String> groups) {

    public JsonObject json() {
      return body.length() == 0 ? new JsonObject() : body.toJsonObject();
    }

    public String group(int index) {
      return groups.get(index - 1);
    }

    public long number(int index) {
      return Long.parseLong(group(index));
    }

    public String line() {
      return method + " " + path;
    }

    private Asked with(List<String> found) {
      return new Asked(method, path, query, headers, body, found);
    }
  }

  /** An answer; a body is JSON, a text or null. */
  public record Told(int status, Map<String, String> headers, Object body) {
    public static Told of(int status, Object body) {
      return new Told(status, Map.of(), body);
    }

    public Told with(String header, String value) {
      var all = new LinkedHashMap<>(headers);
      all.put(header, value);
      return new Told(status, all, body);
    }
  }

  private record Route(String method, Pattern path, Function<Asked, Told> answer) {}

  private record Next(Predicate<Asked> when, Told told) {}

  protected PlayedApi(Vertx vertx) {
    server = vertx
        .createHttpServer()
        .requestHandler(this::hear)
        .listen(0, "127.0.0.1")
        .await();
  }

  /** Where it is, without a slash at its end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  public void close() {
    server.close().await();
  }

  /** The next request is answered so, whatever the routes say. */
  public void next(int status, Map<String, String> headers, Object body) {
    next.add(new Next(any -> true, new Told(status, headers, body)));
  }

  /** The next request that begins with that line is answered so. */
  public void next(String line, int status, Map<String, String> headers, Object body) {
    next.add(new Next(request -> request.line().startsWith(line), new Told(status, headers, body)));
  }

  /** All that it was asked, in order. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** How often such a request came. */
  public long count(String line) {
    return asked.stream().filter(one -> one.line().equals(line)).count();
  }

  /** The last request that is not a read. */
  public Asked lastWrite() {
    return asked.stream()
        .filter(one -> !one.method().equals("GET"))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  public void forget() {
    asked.clear();
  }

  /** A path's groups each match one segment, encoded as it may be. */
  protected final void on(String method, String path, Function<Asked, Told> answer) {
    routes.add(new Route(method, Pattern.compile(path.replace("*", "([^/]+)")), answer));
  }

  /** What is answered before any route is looked at, if anything. */
  protected Optional<Told> guard(Asked request) {
    return Optional.empty();
  }

  protected Told nothing() {
    return Told.of(404, JsonObject.of("message", "Not Found"));
  }

  /** What every answer says beside its own. */
  protected Map<String, String> always() {
    return Map.of();
  }

  /** One page of a list, as {@code page} and {@code per_page} ask for it. */
  protected static List<?> page(Asked request, List<?> all, int usual) {
    var size = size(request, usual);
    var from = (number(request, "page", 1) - 1) * size;
    return from >= all.size() ? List.of() : all.subList(from, Math.min(all.size(), from + size));
  }

  protected static int size(Asked request, int usual) {
    return Math.min(100, number(request, "per_page", usual));
  }

  protected static int number(Asked request, String name, int absent) {
    var text = request.query().get(name);
    return text == null ? absent : Integer.parseInt(text);
  }

  /** The URL of another page of the same list. */
  protected final String other(Asked request, int page) {
    var query = new StringBuilder("?");
    request.query().forEach(each -> {
      if (!each.getKey().equals("page")) {
        query.append(each.getKey()).append('=').append(encoded(each.getValue())).append('&');
      }
    });
    return uri() + request.path() + query + "page=" + page;
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void hear(HttpServerRequest request) {
    request.body().onSuccess(body -> {
      var heard = new Asked(
          request.method().name(),
          request.path(),
          request.params(),
          MultiMap.caseInsensitiveMultiMap().addAll(request.headers()),
          body,
          List.of());
      asked.add(heard);
      tell(request, answer(heard));
    });
  }

  private synchronized Told answer(Asked request) {
    for (var one : next) {
      if (one.when().test(request)) {
        next.remove(one);
        return one.told();
      }
    }
    return guard(request).orElseGet(() -> routed(request));
  }

  private Told routed(Asked request) {
    for (var route : routes) {
      var path = route.path().matcher(request.path());
      if (route.method().equals(request.method()) && path.matches()) {
        var groups = new ArrayList<String>();
        for (int i = 1; i <= path.groupCount(); i++) {
          groups.add(URLDecoder.decode(path.group(i), StandardCharsets.UTF_8));
        }
        try {
          return route.answer().apply(request.with(groups));
        } catch (DecodeException e) {
          return Told.of(400, JsonObject.of("message", "Problems parsing JSON"));
        }
      }
    }
    return nothing();
  }

  private void tell(HttpServerRequest request, Told told) {
    var response = request.response().setStatusCode(told.status());
    always().forEach(response::putHeader);
    told.headers().forEach(response::putHeader);
    if (told.body() == null) {
      response.end();
    } else if (told.body() instanceof String text) {
      response.putHeader("Content-Type", "text/plain; charset=utf-8").end(text);
    } else {
      response.putHeader("Content-Type", "application/json; charset=utf-8").end(json(told.body()));
    }
  }

  private static String json(Object body) {
    return body instanceof List<?> list
        ? new JsonArray(List.copyOf(list)).encode()
        : body instanceof JsonArray array ? array.encode() : ((JsonObject) body).encode();
  }
}
