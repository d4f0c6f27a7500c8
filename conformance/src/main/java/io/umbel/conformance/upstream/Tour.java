package io.umbel.conformance.upstream;

import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.Upstream.Question;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Uses all that a server offers: lists everything, calls each tool, reads and gets one of each. */
final class Tour {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int ROUNDS = 5;

  private final Upstream upstream;
  private final JsonObject context;
  private final Answers answers = new Answers();

  Tour(Upstream upstream, JsonObject context) {
    this.upstream = upstream;
    this.context = context;
  }

  Future<Void> run() {
    return all("tools")
        .compose(this::callEach)
        .compose(done -> readOne())
        .compose(done -> getOne());
  }

  private Future<List<JsonObject>> all(String list) {
    return upstream.ask(question(list + "/list", new JsonObject()), answers).map(answer -> {
      var items = new ArrayList<JsonObject>();
      if (answer instanceof Answer.Result result) {
        result
            .json()
            .getJsonArray(list, new JsonArray())
            .forEach(item -> items.add((JsonObject) item));
      }
      return items;
    });
  }

  /** As the suite says, or each tool once. */
  private Future<Void> callEach(List<JsonObject> tools) {
    var calls = new ArrayList<JsonObject>();
    if (context.getValue("toolCalls") instanceof JsonArray wanted) {
      wanted.forEach(call -> calls.add((JsonObject) call));
    } else {
      tools.forEach(tool -> calls.add(new JsonObject()
          .put("name", tool.getString("name"))
          .put("arguments", arguments(tool, tools))));
    }
    var done = Future.<Void>succeededFuture();
    for (var call : calls) {
      done = done.compose(before -> ask("tools/call", call, ROUNDS));
    }
    return done;
  }

  /** A tool that gives schemas back gets one that was listed. */
  private static JsonObject arguments(JsonObject tool, List<JsonObject> tools) {
    return tool.getString("name").equals("json_schema_echo")
        ? new JsonObject().put("schema", tools.get(0).getJsonObject("inputSchema"))
        : Examples.arguments(tool.getJsonObject("inputSchema"));
  }

  private Future<Void> readOne() {
    return has("resources")
        ? all("resources")
            .compose(found -> found.isEmpty()
                ? Future.succeededFuture()
                : ask(
                    "resources/read",
                    new JsonObject().put("uri", found.get(0).getString("uri")),
                    ROUNDS))
        : Future.succeededFuture();
  }

  private Future<Void> getOne() {
    return has("prompts")
        ? all("prompts")
            .compose(found -> found.isEmpty()
                ? Future.succeededFuture()
                : ask(
                    "prompts/get",
                    new JsonObject().put("name", found.get(0).getString("name")),
                    ROUNDS))
        : Future.succeededFuture();
  }

  private boolean has(String what) {
    return upstream.facts().capabilities().containsKey(what);
  }

  /** Asks, and answers what the server needs first. */
  private Future<Void> ask(String method, JsonObject params, int rounds) {
    return upstream
        .ask(question(method, params), answers)
        .compose(answer -> answer instanceof Answer.InputRequired input && rounds > 0
            ? answered(input.json().toJsonObject(), params)
                .compose(again -> ask(method, again, rounds - 1))
            : Future.succeededFuture());
  }

  private Future<JsonObject> answered(JsonObject input, JsonObject params) {
    var responses = new JsonObject();
    var done = Future.<Void>succeededFuture();
    for (var request : input.getJsonObject("inputRequests", new JsonObject())) {
      var asked = (JsonObject) request.getValue();
      done = done.compose(before -> answers.asked(
              asked.getString("method"), asked.getJsonObject("params", new JsonObject())))
          .onSuccess(answer -> responses.put(request.getKey(), answer))
          .mapEmpty();
    }
    return done.map(all -> {
      var again = params.copy().put("inputResponses", responses);
      if (input.containsKey("requestState")) {
        again.put("requestState", input.getValue("requestState"));
      }
      return again;
    });
  }

  private static Question question(String method, JsonObject params) {
    return new Question(method, params, TIMEOUT, false);
  }
}
