package io.umbel.tools.search.vectors;

import io.umbel.outbound.Answer;
import io.umbel.outbound.Destinations;
import io.umbel.outbound.Outbound;
import io.umbel.outbound.OutboundFailure;
import io.umbel.outbound.OutboundFailure.Reason;
import io.umbel.outbound.Request;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model behind {@code POST <base>/embeddings}, as OpenAI has it and many servers do.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/embeddings">Embeddings</a>
 */
public final class EmbeddingServer implements Embeddings {

  private static final int MOST_BYTES = 8 * 1024 * 1024;
  private static final int MOST_DIMENSIONS = 8_192;
  private static final Duration FOR_A_QUESTION = Duration.ofSeconds(2);
  private static final Duration FOR_TEXTS = Duration.ofSeconds(30);

  private final Access access;
  private final Outbound soon;
  private final Outbound late;

  /**
   * Where it is, and what it takes to be let in.
   *
   * @param base as in {@code https://api.openai.com/v1}; the operator chose it, so it may be
   *     anywhere
   * @param key sent as a bearer token; null for none
   */
  public record Access(URI base, String model, String key) {
    URI embeddings() {
      return URI.create(base.toString().replaceFirst("/+$", "") + "/embeddings");
    }

    @Override
    public String toString() {
      return model + " at " + base;
    }
  }

  public EmbeddingServer(Vertx vertx, Access access) {
    this.access = access;
    var there = new Destinations(vertx, List.of()).with(access.base());
    this.soon = new Outbound(vertx, there, new Outbound.Bounds(FOR_A_QUESTION, MOST_BYTES));
    this.late = new Outbound(vertx, there, new Outbound.Bounds(FOR_TEXTS, MOST_BYTES));
  }

  @Override
  public String model() {
    return access.model();
  }

  @Override
  public Future<List<float[]>> ofQuestion(List<String> texts) {
    return ask(soon, texts);
  }

  @Override
  public Future<List<float[]>> ofTexts(List<String> texts) {
    return ask(late, texts);
  }

  /** Closes all connections. */
  public Future<?> close() {
    return Future.join(soon.close(), late.close());
  }

  private Future<List<float[]>> ask(Outbound way, List<String> texts) {
    var body = JsonObject.of("model", access.model(), "input", new JsonArray(texts))
        .put("encoding_format", "float");
    var request = Request.send(HttpMethod.POST, access.embeddings(), body);
    return way.send(
            access.key() == null
                ? request
                : request.with("Authorization", "Bearer " + access.key()))
        .map(answer -> vectors(answer, texts.size()));
  }

  private List<float[]> vectors(Answer answer, int expected) {
    if (!answer.isGood()) {
      throw broken("answered with HTTP status " + answer.status());
    }
    try {
      return vectors(answer.object().getJsonArray("data"), expected);
    } catch (ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
      throw broken("answered with no vectors");
    }
  }

  private List<float[]> vectors(JsonArray entries, int expected) {
    var all = new float[expected][];
    for (int i = 0; i < entries.size(); i++) {
      var entry = entries.getJsonObject(i);
      all[entry.getInteger("index", i)] = unit(entry.getJsonArray("embedding"));
    }
    if (Arrays.stream(all).anyMatch(one -> one == null || one.length != all[0].length)) {
      throw broken("answered with fewer vectors than texts, or vectors of several lengths");
    }
    return new ArrayList<>(List.of(all));
  }

  private float[] unit(JsonArray numbers) {
    if (numbers.isEmpty() || numbers.size() > MOST_DIMENSIONS) {
      throw broken("answered with vectors of " + numbers.size() + " numbers");
    }
    var vector = new float[numbers.size()];
    double sum = 0;
    for (int i = 0; i < vector.length; i++) {
      vector[i] = numbers.getFloat(i);
      sum += (double) vector[i] * vector[i];
    }
    var length = Math.sqrt(sum);
    if (!Double.isFinite(length)) {
      throw broken("answered with a vector without a length");
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] = length == 0 ? 0 : (float) (vector[i] / length);
    }
    return vector;
  }

  private OutboundFailure broken(String what) {
    return new OutboundFailure(Reason.BROKEN, "The embedding model " + access.model() + " " + what);
  }
}
