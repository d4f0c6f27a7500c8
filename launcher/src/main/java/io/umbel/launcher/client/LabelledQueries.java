package io.umbel.launcher.client;

import io.umbel.launcher.exit.Refusal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Queries with known answers: keys of issues, any of which will do. */
public final class LabelledQueries {

  /** How far down an answer is looked for. */
  public static final int DEPTH = 10;

  private static final String DEMO = "ferry-queries.json";

  private final List<JsonObject> queries;

  private LabelledQueries(String json, String where) {
    try {
      queries = new JsonArray(json).stream().map(JsonObject.class::cast).toList();
      queries.forEach(LabelledQueries::check);
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      throw Refusal.usage(
          where + " is no list of queries such as [{\"query\": \"late ferry\", \"expected\":"
              + " [\"WEB-12\"]}]");
    }
  }

  /** Those for the issues of {@code up --demo}. */
  public static LabelledQueries ofTheDemo() {
    try (var stream = LabelledQueries.class.getResourceAsStream(DEMO)) {
      return new LabelledQueries(new String(stream.readAllBytes(), StandardCharsets.UTF_8), DEMO);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of a file. */
  public static LabelledQueries in(Path file) {
    try {
      return new LabelledQueries(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw Refusal.usage(file + " cannot be read: " + Refusal.reason(e));
    }
  }

  /**
   * At which place each was answered; 0 where it was not.
   *
   * @param lines the same for people
   */
  public record Ranks(List<Integer> places, List<String> lines) {

    /** The mean of 1/rank, where what is not found counts as 0. */
    public double meanReciprocal() {
      return places.stream()
          .mapToDouble(place -> place == 0 ? 0 : 1.0 / place)
          .average()
          .orElse(0);
    }

    public int size() {
      return places.size();
    }

    /** How many are answered at that place or before. */
    public int within(int place) {
      return (int) places.stream().filter(each -> each > 0 && each <= place).count();
    }
  }

  /** Asks all of them, one after another. */
  public Ranks ask(McpClient client, String type) {
    var places = queries.stream().map(query -> place(client, type, query)).toList();
    var lines = new java.util.ArrayList<String>();
    for (int i = 0; i < places.size(); i++) {
      var place = places.get(i) == 0 ? "-" : places.get(i).toString();
      lines.add("%3s  %s".formatted(place, queries.get(i).getString("query")));
    }
    return new Ranks(places, lines);
  }

  private static int place(McpClient client, String type, JsonObject query) {
    var arguments = JsonObject.of("query", query.getString("query"), "search_type", type)
        .put("target_type", "issue")
        .put("limit", DEPTH);
    var result = client.call("search", arguments).await();
    if (result.getBoolean("isError", false)) {
      throw Refusal.failed(Shown.failure(result));
    }
    var found = result.getJsonObject("structuredContent").getJsonArray("results").stream()
        .map(each -> ((JsonObject) each).getJsonObject("item").getString("key"))
        .toList();
    return query.getJsonArray("expected").stream()
            .mapToInt(key -> found.indexOf(key))
            .filter(place -> place >= 0)
            .min()
            .orElse(-1)
        + 1;
  }

  private static void check(JsonObject query) {
    Objects.requireNonNull(query.getString("query"));
    query.getJsonArray("expected").forEach(key -> Objects.requireNonNull((String) key));
  }
}
