package io.umbel.tools.search;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A server of an embedding model whose vectors come of the words of a text: each word, or the group
 * of words that mean the same, is a direction of its own.
 */
final class WordModel {

  private static final int DIMENSIONS = 256;
  private static final List<List<String>> SAME = List.of(
      List.of("boat", "ship", "ferry", "vessel"),
      List.of("slow", "performance", "sluggish", "faster"),
      List.of("crash", "error", "exception"));

  /** Every text that was asked for. */
  final Queue<String> asked = new ConcurrentLinkedQueue<>();

  /** What it is told with, or null. */
  volatile String authorization;

  /** How it behaves. */
  volatile Mood mood = Mood.WELL;

  private final HttpServer server;

  /** How a model can behave. */
  enum Mood {
    WELL,
    BROKEN,
    SILENT,
    BABBLING,
    SHORT
  }

  WordModel(Vertx vertx) {
    server = vertx
        .createHttpServer()
        .requestHandler(this::answer)
        .listen(0, "127.0.0.1")
        .await();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/v1/");
  }

  private void answer(HttpServerRequest request) {
    authorization = request.getHeader("Authorization");
    request.body().onSuccess(body -> {
      if (!request.path().equals("/v1/embeddings")) {
        request.response().setStatusCode(404).end();
        return;
      }
      var texts = body.toJsonObject().getJsonArray("input");
      texts.forEach(text -> asked.add((String) text));
      switch (mood) {
        case WELL -> request.response().end(vectors(texts).toBuffer());
        case BROKEN -> request.response().setStatusCode(500).end("{\"error\": \"no luck\"}");
        case BABBLING -> request.response().end("{\"data\": [{\"embedding\": \"no\"}]}");
        case SHORT -> request.response().end("{\"data\": []}");
        case SILENT -> {}
      }
    });
  }

  private static JsonObject vectors(JsonArray texts) {
    var data = new JsonArray();
    for (int i = 0; i < texts.size(); i++) {
      data.add(JsonObject.of("index", i, "embedding", vector(texts.getString(i))));
    }
    return JsonObject.of("data", data, "model", "words");
  }

  static JsonArray vector(String text) {
    var vector = new double[DIMENSIONS];
    for (var word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
      if (word.length() > 3) {
        vector[Math.floorMod(meaning(word).hashCode() * 31, DIMENSIONS)] += 1;
      }
    }
    var numbers = new JsonArray();
    for (var number : vector) {
      numbers.add(number);
    }
    return numbers;
  }

  private static String meaning(String word) {
    var single = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    return SAME.stream()
        .filter(group -> group.contains(single))
        .map(group -> group.get(0))
        .findFirst()
        .orElse(single);
  }
}
