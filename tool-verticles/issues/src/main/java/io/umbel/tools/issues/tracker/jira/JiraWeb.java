package io.umbel.tools.issues.tracker.jira;

import io.umbel.contract.ErrorCode;
import io.umbel.outbound.Answer;
import io.umbel.outbound.OutboundFailure;
import io.umbel.outbound.Request;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.TrackerWeb;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Requests to one Jira; what it says no to becomes a sentence for users. */
final class JiraWeb {

  private static final int SENTENCES = 5;
  private static final int SAID = 500;

  private final Site site;
  private final TrackerWeb web;

  JiraWeb(Site site, TrackerWeb web) {
    this.site = site;
    this.web = web;
  }

  Site site() {
    return site;
  }

  Future<JsonObject> object(String path) {
    return read(site.get(path)).compose(answer -> understood(answer, Answer::object));
  }

  Future<JsonArray> array(String path) {
    return read(site.get(path)).compose(answer -> understood(answer, Answer::array));
  }

  /** Something that may not be there: null then. */
  Future<JsonObject> objectOrNull(String path) {
    return web.read(site.get(path))
        .compose(this::known)
        .compose(answer -> answer.status() == 404
            ? Future.succeededFuture()
            : good(answer, ErrorCode.UPSTREAM_ERROR)
                .compose(good -> understood(good, Answer::object)));
  }

  /** A search is a question, though it is sent like a change. */
  Future<JsonObject> search(String path, JsonObject body) {
    return read(site.send(HttpMethod.POST, path, body))
        .compose(answer -> understood(answer, Answer::object));
  }

  /** Changes something; what Jira answers, which may be nothing. */
  Future<JsonObject> write(HttpMethod method, String path, JsonObject body) {
    return web.write(site.send(method, path, body))
        .compose(this::known)
        .compose(answer -> good(answer, ErrorCode.INVALID_ARGUMENT))
        .compose(answer -> answer.body().length() == 0
            ? Future.succeededFuture(new JsonObject())
            : understood(answer, Answer::object)
                .recover(why -> Future.failedFuture(Halfway.of(why, "Jira took it"))));
  }

  private Future<Answer> read(Request request) {
    return web.read(request)
        .compose(this::known)
        .compose(answer -> good(answer, ErrorCode.UPSTREAM_ERROR));
  }

  /** Jira answers a stranger where the credentials are wrong, at times with 200 and nothing. */
  private Future<Answer> known(Answer answer) {
    var reason = String.valueOf(answer.header("X-Seraph-LoginReason"));
    return reason.contains("AUTHENTICATED_FAILED") || reason.contains("AUTHENTICATION_DENIED")
        ? Future.failedFuture(web.notLetIn())
        : Future.succeededFuture(answer);
  }

  private Future<Answer> good(Answer answer, ErrorCode otherwise) {
    if (answer.isGood()) {
      return Future.succeededFuture(answer);
    }
    var code = switch (answer.status()) {
      case 404 -> ErrorCode.NOT_FOUND;
      case 409 -> ErrorCode.CONFLICT;
      default -> otherwise;
    };
    return Future.failedFuture(new Refused(code, sentence(answer), null));
  }

  private String sentence(Answer answer) {
    var said = said(answer);
    return said.isEmpty()
        ? "Tracker " + site.name() + " answered with HTTP status " + answer.status()
        : "Jira (tracker " + site.name() + ") says: " + said;
  }

  /** The sentences of Jira's {@code errorMessages} and {@code errors}. */
  private static String said(Answer answer) {
    var all = new ArrayList<String>();
    try {
      var body = answer.object();
      if (body.getValue("errorMessages") instanceof JsonArray messages) {
        messages.stream().map(String::valueOf).forEach(all::add);
      }
      if (body.getValue("errors") instanceof JsonObject errors) {
        errors.forEach(error -> all.add(error.getKey() + ": " + error.getValue()));
      }
    } catch (OutboundFailure noJson) {
      return ""; // a page for people, as in front of a Jira that is down
    }
    var text = String.join("; ", all.stream().limit(SENTENCES).toList());
    var line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() > SAID ? line.substring(0, SAID) + "…" : line;
  }

  private <T> Future<T> understood(Answer answer, Function<Answer, T> reading) {
    try {
      return Future.succeededFuture(reading.apply(answer));
    } catch (OutboundFailure noJson) {
      return Future.failedFuture(new Refused(
          ErrorCode.UPSTREAM_ERROR,
          "Tracker " + site.name() + " answered, but not like a Jira: is its url right?",
          null));
    }
  }

  /** The objects of a list. */
  static List<JsonObject> objects(Object list) {
    return list instanceof JsonArray all
        ? all.stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .toList()
        : List.of();
  }

  /** A text of an object, perhaps of one within it; null where there is none. */
  static String text(JsonObject json, String member) {
    return json != null && json.getValue(member) instanceof String text ? text : null;
  }

  /** An object within an object, or null. */
  static JsonObject object(JsonObject json, String member) {
    return json != null && json.getValue(member) instanceof JsonObject object ? object : null;
  }
}
