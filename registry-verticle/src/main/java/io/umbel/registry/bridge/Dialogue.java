package io.umbel.registry.bridge;

import io.umbel.contract.Conversation;
import io.umbel.contract.LogLevel;
import io.umbel.contract.Question;
import io.umbel.registry.upstream.Upstream.Hearing;
import io.umbel.registry.upstream.UpstreamFailure.NoAnswer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * What a server says to the client while it answers. Questions of a server of the session era are
 * put to the client one after the other, each in a round of its own.
 */
final class Dialogue implements Hearing {

  private static final int NOT_SUPPORTED = -32601;
  private static final int INTERNAL = -32603;

  private final Conversation conversation;
  private final JsonObject abilities;
  private Future<?> last = Future.succeededFuture();
  private double furthest = Double.NEGATIVE_INFINITY;
  private int questions;
  private JsonObject lacking;

  /**
   * A dialogue.
   *
   * @param abilities what the client can be asked
   */
  Dialogue(Conversation conversation, JsonObject abilities) {
    this.conversation = conversation;
    this.abilities = abilities;
  }

  /** What the server asked for though the client never declared it, or null. */
  JsonObject lacking() {
    return lacking;
  }

  @Override
  public void progress(JsonObject params) {
    if (params.getValue("progress") instanceof Number progress
        && progress.doubleValue() > furthest) {
      furthest = progress.doubleValue();
      var total = params.getValue("total") instanceof Number number ? number.doubleValue() : 0;
      var message = params.getValue("message") instanceof String text ? text : null;
      conversation.progress(furthest, total, message);
    }
  }

  @Override
  public void log(JsonObject params) {
    var level = params.getValue("level") instanceof String word ? LogLevel.of(word) : null;
    if (level != null) {
      var logger = params.getValue("logger") instanceof String name ? name : null;
      conversation.log(level, logger, params.getValue("data"));
    }
  }

  @Override
  public Future<JsonObject> asked(String method, JsonObject params) {
    var needed = Abilities.neededFor(method, params);
    if (needed == null) {
      return Future.failedFuture(new NoAnswer(NOT_SUPPORTED, "Nothing is known here of " + method));
    }
    if (!Abilities.suffice(abilities, needed)) {
      lacking = needed;
      return Future.failedFuture(
          new NoAnswer(NOT_SUPPORTED, "The client did not declare that it can be asked this"));
    }
    var question = Question.of(method, cleaned(params));
    var answer = last.transform(before -> put(question));
    last = answer;
    return answer;
  }

  @Override
  public Future<Void> cancelled() {
    return conversation.cancelled();
  }

  private Future<JsonObject> put(Question question) {
    var key = "question-" + ++questions;
    return conversation
        .ask(Map.of(key, question))
        .map(answers -> answers.of(key))
        .recover(failure -> Future.failedFuture(new NoAnswer(INTERNAL, failure.getMessage())));
  }

  /** Without what only belongs to the connection that it came by. */
  private static JsonObject cleaned(JsonObject params) {
    var cleaned = params.copy();
    cleaned.remove("task");
    cleaned.remove("elicitationId");
    if (cleaned.getValue("_meta") instanceof JsonObject meta) {
      meta.remove("progressToken");
      if (meta.isEmpty()) {
        cleaned.remove("_meta");
      }
    }
    return cleaned;
  }
}
