package io.umbel.tools.compliance;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A server of chat completions: answers as it was told to, the first thing first, and else with a
 * good estimate.
 */
final class ChatServer {

  static final String KEY = "sk-secret-of-the-operator";

  /** A good answer. */
  static final JsonObject GOOD = JsonObject.of("compliance_factor", 0.734)
      .put("reason", "It has criteria.")
      .put("suggestion", "Say what is not included.")
      .put("annotated_description", new JsonArray());

  final List<JsonObject> asked = new CopyOnWriteArrayList<>();
  final List<String> keys = new CopyOnWriteArrayList<>();
  final AtomicInteger most = new AtomicInteger();
  private final Queue<Consumer<HttpServerRequest>> answers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private final HttpServer server;
  private volatile Future<Void> gate = Future.succeededFuture();
  private volatile int tokens = 100;

  ChatServer(Vertx vertx) {
    server = vertx
        .createHttpServer()
        .requestHandler(request -> request.body().onSuccess(body -> take(request, body)))
        .listen(0, "127.0.0.1")
        .await();
  }

  /** What a family is told of it. */
  JsonObject configuration() {
    return JsonObject.of("model_url", "http://127.0.0.1:" + server.actualPort() + "/v1/")
        .put("model_name", "judge-7b")
        .put("model_key", KEY)
        .put("model_timeout_ms", 2_000);
  }

  int port() {
    return server.actualPort();
  }

  /** Answers the next question with that text. */
  void says(String content) {
    answers.add(request -> request.response().end(completion(content, "stop")));
  }

  void says(JsonObject content) {
    says(content.encode());
  }

  /** Answers the next question with half of an answer. */
  void isCutOff(String content) {
    answers.add(request -> request.response().end(completion(content, "length")));
  }

  /** Answers the next question with that body, whatever it is. */
  void sends(String body) {
    answers.add(request -> request.response().end(body));
  }

  void refuses(int status, String... header) {
    answers.add(request -> {
      var response = request.response().setStatusCode(status);
      if (header.length > 0) {
        response.putHeader(header[0], header[1]);
      }
      response.end("{\"error\":{\"message\":\"no: " + KEY + "\"}}");
    });
  }

  /** Says nothing to the next question. */
  void isSilent() {
    answers.add(request -> {});
  }

  /** Hangs up on the next question. */
  void hangsUp() {
    answers.add(request -> request.connection().close());
  }

  /** Answers nothing until that comes. */
  void waitsFor(Future<Void> until) {
    gate = until;
  }

  /** Says from now on that an answer has used so many tokens. */
  void uses(int some) {
    tokens = some;
  }

  private void take(HttpServerRequest request, Buffer body) {
    keys.add(String.valueOf(request.getHeader("Authorization")));
    asked.add(body.toJsonObject().put("path", request.path()));
    most.accumulateAndGet(open.incrementAndGet(), Math::max);
    gate.onSuccess(opened -> {
      open.decrementAndGet();
      var answer = answers.poll();
      if (answer == null) {
        request.response().end(completion(GOOD.encode(), "stop"));
      } else {
        answer.accept(request);
      }
    });
  }

  private Buffer completion(String content, String finished) {
    var message = JsonObject.of("role", "assistant", "content", content);
    var choice = JsonObject.of("index", 0, "message", message, "finish_reason", finished);
    return JsonObject.of("object", "chat.completion", "choices", JsonArray.of(choice))
        .put("usage", JsonObject.of("total_tokens", tokens))
        .toBuffer();
  }
}
