package io.umbel.tools.entities.elastic;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A small search server: indexes of documents, {@code POST /{index}/_search} and as much of the
 * query language as it is asked in, over HTTP, as the public documentation of the search API says.
 * A match of a field scores its boost for each word. Whatever it does not know it refuses with 400.
 */
final class SearchServer {

  static final String KEY = "b3BlcmF0b3I6c2VjcmV0";

  final List<JsonObject> asked = new CopyOnWriteArrayList<>();
  private final Map<String, List<JsonObject>> indexes = new ConcurrentHashMap<>();
  private final Queue<Consumer<HttpServerRequest>> instead = new ArrayDeque<>();
  private final HttpServer server;
  private volatile String authorization = "ApiKey " + KEY;

  SearchServer(Vertx vertx) {
    server = vertx
        .createHttpServer()
        .requestHandler(
            request -> request.body().onSuccess(body -> take(request, body.toJsonObject())))
        .listen(0, "127.0.0.1")
        .await();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/es");
  }

  void close() {
    server.close().await();
  }

  void wants(String header) {
    authorization = header;
  }

  void put(String index, JsonObject... documents) {
    indexes.put(index, List.of(documents));
  }

  /** Does that to the next request that nothing else is to be done to. */
  synchronized void next(Consumer<HttpServerRequest> answer) {
    instead.add(answer);
  }

  private synchronized Consumer<HttpServerRequest> special() {
    return instead.poll();
  }

  private void take(HttpServerRequest request, JsonObject body) {
    asked.add(body);
    var special = special();
    if (special != null) {
      special.accept(request);
    } else if (!authorization.equals(request.getHeader("Authorization"))) {
      error(request, 401, "security_exception");
    } else {
      search(request, body);
    }
  }

  private void search(HttpServerRequest request, JsonObject body) {
    var path = request.path().split("/", -1);
    var documents = indexes.get(path[2]);
    if (path.length != 4
        || !path[3].equals("_search")
        || !"POST".equals(request.method().name())) {
      error(request, 405, "method_not_allowed");
    } else if (documents == null) {
      error(request, 404, "index_not_found_exception");
    } else {
      try {
        answer(request, 200, found(path[2], documents, body));
      } catch (IllegalArgumentException e) {
        error(request, 400, "parsing_exception");
      }
    }
  }

  private static JsonObject found(String index, List<JsonObject> documents, JsonObject body) {
    var query = body.getJsonObject("query");
    var hits = documents.stream()
        .filter(document -> score(query, document) > 0)
        .sorted(Comparator.<JsonObject>comparingDouble(document -> -score(query, document))
            .thenComparing(document -> document.getString("id")))
        .toList();
    var page = new JsonArray();
    hits.stream()
        .skip(body.getInteger("from"))
        .limit(body.getInteger("size"))
        .forEach(document ->
            page.add(JsonObject.of("_index", index, "_id", "_" + document.getString("id"))
                .put("_score", score(query, document))
                .put("_source", document)
                .put("sort", JsonArray.of(score(query, document), document.getString("id")))));
    var total = JsonObject.of("value", hits.size(), "relation", "eq");
    return JsonObject.of("took", 1, "timed_out", false)
        .put("_shards", JsonObject.of("total", 1, "successful", 1, "skipped", 0, "failed", 0))
        .put("hits", JsonObject.of("total", total, "max_score", null, "hits", page));
  }

  private static double score(JsonObject query, JsonObject document) {
    if (query.size() != 1) {
      throw new IllegalArgumentException("one query at a place");
    }
    var kind = query.fieldNames().iterator().next();
    var of = query.getJsonObject(kind);
    return switch (kind) {
      case "dis_max" ->
        of.getJsonArray("queries").stream()
            .mapToDouble(one -> score((JsonObject) one, document))
            .max()
            .orElse(0);
      case "function_score" -> {
        var score = score(of.getJsonObject("query"), document);
        yield score >= of.getDouble("min_score") ? score : 0;
      }
      case "bool" ->
        score(of.getJsonObject("filter"), document) > 0
            ? score(of.getJsonObject("must"), document)
            : 0;
      case "term" -> term(of, document);
      case "multi_match" -> match(of, document);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static double term(JsonObject term, JsonObject document) {
    var field = term.fieldNames().iterator().next();
    var value = document.getString(field, "");
    var wanted = term.getJsonObject(field);
    var fits = wanted.getBoolean("case_insensitive")
        ? value.equalsIgnoreCase(wanted.getString("value"))
        : value.equals(wanted.getString("value"));
    return fits ? 1 : 0;
  }

  private static double match(JsonObject match, JsonObject document) {
    if (match.getString("type").equals("phrase") && match.containsKey("fuzziness")) {
      throw new IllegalArgumentException("Fuzziness not allowed for type [phrase]");
    }
    var text = String.valueOf(document.getValue(match.getJsonArray("fields").getString(0), ""))
        .toLowerCase(Locale.ROOT);
    var wanted = match.getString("query").toLowerCase(Locale.ROOT);
    if (match.getString("type").equals("phrase")) {
      return (" " + text + " ").contains(" " + wanted + " ") ? match.getDouble("boost") : 0;
    }
    var words = Arrays.asList(text.split(" ", -1));
    return Arrays.stream(wanted.split(" ", -1)).filter(words::contains).count()
        * match.getDouble("boost");
  }

  static void error(HttpServerRequest request, int status, String type) {
    var cause = JsonObject.of("type", type, "reason", "no such thing in secret_index");
    answer(
        request,
        status,
        JsonObject.of(
            "error", cause.copy().put("root_cause", JsonArray.of(cause)), "status", status));
  }

  private static void answer(HttpServerRequest request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.encode());
  }
}
