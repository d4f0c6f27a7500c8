package io.umbel.tools.compliance.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.micrometer.core.instrument.Metrics;
import io.umbel.contract.Json;
import io.umbel.contract.Node;
import io.umbel.outbound.Destinations;
import io.umbel.outbound.Outbound;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The language model: asked by a few at once, paid for before it is asked, left alone for a while
 * where it fails, and believed only where its answer is as it was asked for. Belongs to one
 * verticle and is used on its thread only.
 */
public final class Model {

  private static final Logger LOG = LoggerFactory.getLogger(Model.class);
  private static final int MOST_BYTES = 512 * 1024;
  private static final ObjectReader READER =
      Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final ModelSettings settings;
  private final Outbound outbound;
  private final Chat chat;
  private final Budget budget;
  private final Circuit circuit;
  private final Turns turns;
  private final ModelMetrics metrics = new ModelMetrics(Metrics.globalRegistry);

  public Model(Vertx vertx, ModelSettings settings, Budget budget) {
    this.settings = settings;
    this.budget = budget;
    var bounds = new Outbound.Bounds(settings.timeout(), MOST_BYTES);
    this.outbound = new Outbound(vertx, new Destinations(vertx, List.of()), bounds)
        .with(settings.completions());
    this.chat = new Chat(outbound, settings);
    this.circuit = new Circuit(Node.of(vertx).clock());
    this.turns = new Turns(vertx, settings.atOnce());
  }

  /** What its server calls it. */
  String name() {
    return settings.name();
  }

  /** Closes its connections. */
  public Future<Void> close() {
    return outbound.close();
  }

  /** The answer, which is as the prompt wants it; fails with {@link ModelFailure}. */
  Future<JsonNode> ask(String account, Prompt prompt, Patience patience) {
    var left = patience.left();
    return turns
        .take(left)
        .compose(turn -> inTurn(account, prompt, patience).onComplete(done -> turns.giveBack()))
        .timeout(Math.max(1, left), TimeUnit.MILLISECONDS)
        .recover(why ->
            Future.failedFuture(why instanceof TimeoutException ? ModelFailure.crowded() : why))
        .onSuccess(answer -> metrics.ended(null))
        .onFailure(why -> metrics.ended(failure(why)));
  }

  private Future<JsonNode> inTurn(String account, Prompt prompt, Patience patience) {
    if (patience.left() <= 0) {
      return Future.failedFuture(ModelFailure.crowded());
    }
    var pass = circuit.enter();
    if (pass == null) {
      return Future.failedFuture(ModelFailure.resting());
    }
    return paid(account, prompt)
        .onSuccess(answer -> pass.end(null))
        .onFailure(why -> pass.end(noted(failure(why))));
  }

  private Future<JsonNode> paid(String account, Prompt prompt) {
    return budget
        .take(account, prompt.tokens())
        .recover(why -> {
          LOG.warn("Tokens of the language model cannot be counted: {}", why.getMessage());
          return Future.failedFuture(ModelFailure.notCounted());
        })
        .compose(share -> share
            .map(ours -> answered(ours, prompt))
            .orElseGet(() -> Future.failedFuture(ModelFailure.overBudget())));
  }

  private Future<JsonNode> answered(Budget.Share share, Prompt prompt) {
    var begun = System.nanoTime();
    return chat.ask(prompt)
        .onSuccess(said -> metrics.answered(System.nanoTime() - begun))
        .onSuccess(said -> settle(share, said.tokens() < 0 ? share.tokens() : said.tokens()))
        .onFailure(why -> settle(share, failure(why).mayHaveCost() ? share.tokens() : 0))
        .map(said -> checked(said.text(), prompt));
  }

  /** Where it cannot be written, what was set aside stays spent. */
  private void settle(Budget.Share share, long used) {
    metrics.used(used);
    if (used != share.tokens()) {
      budget
          .settle(share, used)
          .onFailure(
              why -> LOG.warn("Tokens of the language model stay counted: {}", why.getMessage()));
    }
  }

  private static JsonNode checked(String text, Prompt prompt) {
    try {
      var answer = READER.readTree(text);
      var wrong = prompt.answer().violations(answer);
      if (!wrong.isEmpty()) {
        throw ModelFailure.invalid("it has not the form that was asked for");
      }
      return answer;
    } catch (JsonProcessingException e) {
      throw ModelFailure.invalid("it is not JSON");
    }
  }

  private ModelFailure noted(ModelFailure why) {
    if (why.isServers()) {
      LOG.warn("{}: {}", settings, why.getMessage());
    }
    return why;
  }

  /** What else may go wrong is a bug, and counts as a failure of the server. */
  private static ModelFailure failure(Throwable why) {
    return why instanceof ModelFailure known ? known : ModelFailure.unreachable(true);
  }
}
