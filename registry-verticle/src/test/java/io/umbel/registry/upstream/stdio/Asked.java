package io.umbel.registry.upstream.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;

/** A caller that is asked something and answers when the test says so. */
final class Asked extends Workshop.Deaf {

  private final Promise<String> question = Promise.promise();
  private final Promise<JsonObject> answer = Promise.promise();

  @Override
  public Future<JsonObject> asked(String method, JsonObject params) {
    question.complete(method + " " + params.encode());
    return answer.future();
  }

  /** What was asked, once it is. */
  String question() {
    return question.future().await();
  }

  void answer() {
    assertThat(answer.tryComplete(new JsonObject().put("action", "accept"))).isTrue();
  }
}
