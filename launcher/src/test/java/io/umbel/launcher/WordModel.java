package io.umbel.launcher;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * A server of an embedding model that knows nothing but words: each is a direction, by its first
 * letters, and some that mean the same are one.
 */
final class WordModel {

  private static final int DIMENSIONS = 512;
  private static final int LETTERS = 5;
  private static final List<List<String>> SAME = List.of(
      List.of("slow", "faster", "performance"),
      List.of("expir", "revok"),
      List.of("throt", "limit", "rate"),
      List.of("dolla", "curre", "price"),
      List.of("theme", "mode"),
      List.of("k8s", "kuber"),
      List.of("chang", "rotat", "updat", "upgra"),
      List.of("diacr", "accen", "umlau"),
      List.of("noti", "webho", "alert"));

  private final HttpServer server;

  WordModel(Vertx vertx) {
    server = vertx
        .createHttpServer()
        .requestHandler(WordModel::answer)
        .listen(0, "127.0.0.1")
        .await();
  }

  String base() {
    return "http://127.0.0.1:" + server.actualPort() + "/v1";
  }

  private static void answer(HttpServerRequest request) {
    request.body().onSuccess(body -> {
      var data = new JsonArray();
      body.toJsonObject()
          .getJsonArray("input")
          .forEach(text -> data.add(JsonObject.of("embedding", vector((String) text))));
      request.response().end(JsonObject.of("data", data).toBuffer());
    });
  }

  private static JsonArray vector(String text) {
    var vector = new double[DIMENSIONS];
    for (var word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
      if (word.length() > 2) {
        vector[Math.floorMod(meaning(word).hashCode() * 31, DIMENSIONS)] += 1;
      }
    }
    var numbers = new JsonArray();
    for (var number : vector) {
      numbers.add(Math.sqrt(number));
    }
    return numbers;
  }

  private static String meaning(String word) {
    var begin = word.substring(0, Math.min(LETTERS, word.length()));
    return SAME.stream()
        .filter(group -> group.contains(begin))
        .map(group -> group.get(0))
        .findFirst()
        .orElse(begin);
  }
}
