package io.umbel.tools.compliance.model;

import io.umbel.outbound.Answer;
import io.umbel.outbound.Outbound;
import io.umbel.outbound.OutboundFailure;
import io.umbel.outbound.OutboundFailure.Reason;
import io.umbel.outbound.Request;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * A server that speaks as OpenAI's chat completions do.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/create">Chat completions</a>
 */
final class Chat {

  private static final long MOST_TOKENS = 10_000_000;

  private final Outbound outbound;
  private final ModelSettings settings;

  Chat(Outbound outbound, ModelSettings settings) {
    this.outbound = outbound;
    this.settings = settings;
  }

  /**
   * What the model said.
   *
   * @param text which should be JSON
   * @param tokens what that used, question and all, or -1 where the server does not say
   */
  record Said(String text, long tokens) {}

  /** Asks; fails with {@link ModelFailure}. */
  Future<Said> ask(Prompt prompt) {
    var request = Request.send(HttpMethod.POST, settings.completions(), body(prompt));
    var open = settings.key() == null
        ? request
        : request.with("Authorization", "Bearer " + settings.key());
    return outbound
        .send(open)
        .map(Chat::heard)
        .recover(why ->
            Future.failedFuture(why instanceof OutboundFailure failure ? failure(failure) : why));
  }

  private JsonObject body(Prompt prompt) {
    return JsonObject.of("model", settings.name(), "temperature", 0)
        .put("max_tokens", prompt.mostTokens())
        .put("response_format", JsonObject.of("type", "json_object"))
        .put(
            "messages",
            JsonArray.of(
                JsonObject.of("role", "system", "content", prompt.system()),
                JsonObject.of("role", "user", "content", prompt.user())));
  }

  private static Said heard(Answer answer) {
    if (!answer.isGood()) {
      throw refusal(answer);
    }
    try {
      var said = answer.object();
      var choice = said.getJsonArray("choices").getJsonObject(0);
      if ("length".equals(choice.getString("finish_reason"))) {
        throw ModelFailure.invalid("it is longer than it may be");
      }
      var text = choice.getJsonObject("message").getString("content");
      return new Said(text == null ? "" : text, used(said.getValue("usage")));
    } catch (OutboundFailure
        | ClassCastException
        | NullPointerException
        | IndexOutOfBoundsException e) {
      throw ModelFailure.strange();
    }
  }

  /** What it says of it is taken within reason. */
  private static long used(Object usage) {
    var total = usage instanceof JsonObject object ? object.getValue("total_tokens") : null;
    return total instanceof Number number && number.longValue() >= 0
        ? Math.min(number.longValue(), MOST_TOKENS)
        : -1;
  }

  private static ModelFailure refusal(Answer answer) {
    var rest = rest(answer.header("Retry-After"));
    var status = answer.status();
    if (status == 401 || status == 403) {
      return ModelFailure.locked();
    }
    if (status == 429 || (status == 503 && !rest.isZero())) {
      return ModelFailure.busy(rest);
    }
    return status >= 400 && status < 500 && status != 404
        ? ModelFailure.refused(status)
        : ModelFailure.status(status);
  }

  /** In seconds; a date, which the same header may hold, is not waited for. */
  private static Duration rest(String header) {
    return header != null && header.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(header))
        : Duration.ZERO;
  }

  private static ModelFailure failure(OutboundFailure why) {
    if (why.reason() == Reason.TIMEOUT) {
      return ModelFailure.late();
    }
    return why.reason() == Reason.TOO_LARGE
        ? ModelFailure.invalid("it is too large")
        : ModelFailure.unreachable(why.delivered());
  }
}
