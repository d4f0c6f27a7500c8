package io.umbel.tools.search.find;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.umbel.tools.search.vectors.Embeddings;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What questions mean. The same one is asked of the model once; a model that failed is left alone
 * for a moment by whoever can do without it.
 */
public final class Questions {

  private static final int KEPT = 1_000;
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Embeddings embeddings;
  private final Clock clock;
  private final Cache<String, Float[]> known =
      Caffeine.newBuilder().maximumSize(KEPT).executor(Runnable::run).build();
  private Instant pausedUntil = Instant.MIN;

  public Questions(Embeddings embeddings, Clock clock) {
    this.embeddings = embeddings;
    this.clock = clock;
  }

  String model() {
    return embeddings.model();
  }

  /**
   * The vector of a text.
   *
   * @param isNeeded whether the model is to be asked although it just failed
   */
  Future<Float[]> vector(String text, boolean isNeeded) {
    var asked = text.length() > Embeddings.LONGEST ? text.substring(0, Embeddings.LONGEST) : text;
    var vector = known.getIfPresent(asked);
    if (vector != null) {
      return Future.succeededFuture(vector);
    }
    if (!isNeeded && clock.instant().isBefore(pausedUntil)) {
      return Future.failedFuture("The model is left alone for a moment");
    }
    return embeddings
        .ofQuestion(List.of(asked))
        .map(all -> boxed(all.get(0)))
        .onSuccess(found -> known.put(asked, found))
        .onFailure(why -> pausedUntil = clock.instant().plus(PAUSE));
  }

  private static Float[] boxed(float[] vector) {
    var boxed = new Float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      boxed[i] = vector[i];
    }
    return boxed;
  }
}
