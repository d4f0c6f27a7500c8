package io.umbel.gateway.rest;

import io.umbel.gateway.audit.ConfigurationChanges.Change;
import io.umbel.gateway.audit.RemoteChanges;
import io.umbel.gateway.call.ProviderRequests;
import io.umbel.gateway.call.ProviderRequests.Question;
import io.umbel.gateway.call.ProviderRequests.Unanswered;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a provider keeps: it is asked over the bus, and what it changed goes on record here.
 *
 * @param provider the word of whoever keeps it
 * @param looks operations that change nothing
 * @param makes operations that change something
 * @param patience with an instance that is asked what changes nothing
 */
record ProviderRoutes(
    String provider,
    Set<String> looks,
    Set<String> makes,
    ProviderRequests providers,
    RemoteChanges changes,
    Duration patience)
    implements RestRoutes {

  ProviderRoutes(
      String provider,
      Set<String> looks,
      Set<String> makes,
      ProviderRequests providers,
      RemoteChanges changes) {
    this(provider, looks, makes, providers, changes, ProviderRequests.PATIENCE);
  }

  @Override
  public Map<String, RestHandler> operations() {
    var all = new HashMap<String, RestHandler>();
    looks.forEach(name -> all.put(
        name,
        request -> ask(provider, providers, name, request, patience).map(ProviderRoutes::answer)));
    makes.forEach(name -> all.put(name, request -> change(name, request)));
    return all;
  }

  private Future<RestAnswer> change(String operation, RestRequest request) {
    return changes
        .areWelcome()
        .compose(welcome ->
            welcome ? ask(operation, request) : Future.failedFuture(Problem.notRecorded()));
  }

  private Future<RestAnswer> ask(String operation, RestRequest request) {
    return ask(provider, providers, operation, request, null)
        .compose(said -> record(said.getJsonObject("audit"), request).map(answer(said)));
  }

  /** What that provider says, asked once; fails with {@link Problem}. */
  static Future<JsonObject> ask(
      String provider, ProviderRequests providers, String operation, RestRequest request) {
    return ask(provider, providers, operation, request, null);
  }

  /**
   * The same.
   *
   * @param patience with each instance where this changes nothing, else null
   */
  static Future<JsonObject> ask(
      String provider,
      ProviderRequests providers,
      String operation,
      RestRequest request,
      Duration patience) {
    var asked = new JsonObject()
        .put("operation", operation)
        .put("id", request.id())
        .put("query", new JsonObject(new HashMap<String, Object>(request.query())))
        .put("body", request.body())
        .put("ifMatch", request.ifMatch());
    asked.fieldNames().removeIf(name -> asked.getValue(name) == null);
    return providers
        .ask(provider, request.caller(), request.correlationId(), question(asked, patience))
        .recover(why -> Future.failedFuture(problem(provider, why)))
        .compose(said -> said.getInteger("status", 500) < 400
            ? Future.succeededFuture(said)
            : Future.failedFuture(ProviderProblem.told(
                said.getInteger("status", 500), said.getJsonObject("body", new JsonObject()))));
  }

  private static Question question(JsonObject asked, Duration patience) {
    return patience == null
        ? new Question(asked, false, ProviderRequests.PATIENCE)
        : new Question(asked, true, patience);
  }

  static Throwable problem(String provider, Throwable why) {
    if (!(why instanceof Unanswered unanswered)) {
      return why;
    }
    return switch (unanswered.why()) {
      case NOBODY_HERE -> ProviderProblem.nobodyKeeps(provider);
      case LOST -> ProviderProblem.lost(provider);
      case SILENT -> ProviderProblem.silent(provider);
      case LATE -> ProviderProblem.late(provider);
      case BROKEN -> Problem.internal();
    };
  }

  private static RestAnswer answer(JsonObject said) {
    return new RestAnswer(
        said.getInteger("status"),
        body(said.getValue("body")),
        said.getString("etag"),
        said.getString("location"));
  }

  private static Buffer body(Object json) {
    if (json instanceof JsonArray array) {
      return array.toBuffer();
    }
    return json instanceof JsonObject object ? object.toBuffer() : null;
  }

  private Future<Void> record(JsonObject audit, RestRequest request) {
    if (audit == null) {
      return Future.succeededFuture();
    }
    var words = audit.getString("action", ".").split("\\.", 2);
    return changes.record(new Change(
        request.caller(),
        request.correlationId(),
        words[1],
        words[0],
        audit.getJsonObject("before"),
        audit.getJsonObject("after")));
  }
}
