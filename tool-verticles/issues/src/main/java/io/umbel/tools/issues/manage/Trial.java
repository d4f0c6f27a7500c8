package io.umbel.tools.issues.manage;

import io.umbel.outbound.OutboundFailure;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Connection;
import io.umbel.tools.issues.tracker.Remote;
import io.umbel.tools.issues.tracker.Remote.Place;
import io.umbel.tools.issues.tracker.Tracker.Verdict;
import io.umbel.tools.issues.tracker.Trackers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries trackers, and finds which projects they have. Never within a transaction. */
final class Trial {

  private static final Logger LOG = LoggerFactory.getLogger(Trial.class);
  private static final Verdict LOCAL = new Verdict(true, "A local tracker needs no other server");

  /** Whoever asks by REST has half a minute of patience. */
  private static final int SECONDS = 10;

  /** Of so many the first ones within the scope rules are taken. */
  private static final int LOOKED_AT = 1_000;

  private final Trackers trackers;

  Trial(Trackers trackers) {
    this.trackers = trackers;
  }

  /**
   * What came of it.
   *
   * @param wanted with the projects that were found, where nobody named any
   * @param verdict or null where it was not tried
   * @param hasFound whether any were
   */
  record Tried(Wanted wanted, Verdict verdict, boolean hasFound) {}

  /** Fails with {@link Denied} where the operator does not allow to go there. */
  Future<Void> allowed(Wanted wanted) {
    return trackers.remote(wanted.type()).isEmpty()
        ? Future.succeededFuture()
        : trackers
            .outbound()
            .destinations()
            .check(URI.create(wanted.tracker().getString("url")))
            .recover(why -> Future.failedFuture(forbidden(why)));
  }

  /**
   * Tries it with that secret.
   *
   * @param known its projects as they were: what these belong to stays
   */
  Future<Tried> of(Wanted wanted, String secret, JsonArray known) {
    if (trackers.remote(wanted.type()).isEmpty()) {
      return Future.succeededFuture(new Tried(wanted, LOCAL, false));
    }
    var remote = remote(wanted, secret);
    return Future.succeededFuture()
        .compose(begun -> remote.test())
        .timeout(SECONDS, TimeUnit.SECONDS)
        .otherwise(Trial::failed)
        .compose(verdict -> verdict.isValid() && wanted.isWithoutProjects()
            ? found(remote, wanted, verdict, known)
            : Future.succeededFuture(new Tried(wanted, verdict, false)));
  }

  private Remote remote(Wanted wanted, String secret) {
    var tracker = wanted.tracker();
    var connection = new Connection(
        tracker.getString("name"),
        URI.create(tracker.getString("url")),
        tracker.getString("auth_type"),
        tracker.getJsonObject("connection_details"),
        secret);
    return trackers.of(wanted.type(), connection, verdict -> {});
  }

  private static Future<Tried> found(
      Remote remote, Wanted wanted, Verdict verdict, JsonArray known) {
    return remote
        .projects(LOOKED_AT)
        .timeout(SECONDS, TimeUnit.SECONDS)
        .map(places -> new Tried(with(wanted, places, known), told(verdict, places), true))
        .otherwise(why -> new Tried(wanted, noProjects(verdict, why), false));
  }

  /** Those within the scope rules first; what was said of a project before holds. */
  private static Wanted with(Wanted wanted, List<Place> places, JsonArray known) {
    var tracker = wanted.tracker().copy();
    var rules = new ScopeRules(tracker.getJsonArray("scope_rules"));
    var bound = new HashMap<String, String>();
    for (var each : known) {
      var project = (JsonObject) each;
      bound.put(project.getString("identifier"), project.getString("project_id"));
    }
    var projects = new JsonArray();
    places.stream()
        .filter(place -> place.identifier().length() <= 255)
        .sorted(
            Comparator.comparing(place -> !rules.admit(place.organization(), place.identifier())))
        .limit(TrackerForm.PROJECTS)
        .forEach(place -> projects.add(project(place, bound.get(place.identifier()))));
    return new Wanted(tracker.put("projects", projects), wanted.secret(), wanted.isReconnected());
  }

  private static JsonObject project(Place place, String projectId) {
    return JsonObject.of("identifier", place.identifier())
        .put("name", cut(place.name(), place.identifier()))
        .put("organization", cut(place.organization(), place.identifier()))
        .put("project_id", projectId);
  }

  private static String cut(String text, String absent) {
    var known = text == null || text.isBlank() ? absent : text;
    return known.substring(0, Math.min(200, known.length()));
  }

  private static Verdict told(Verdict verdict, List<Place> places) {
    return places.size() <= TrackerForm.PROJECTS
        ? verdict
        : new Verdict(
            true,
            verdict.message() + "; it has more than " + TrackerForm.PROJECTS
                + " projects: name those that are wanted, or leave others out by scope_rules");
  }

  private static Verdict noProjects(Verdict verdict, Throwable why) {
    var text = "; its projects could not be found: " + failed(why).message();
    return new Verdict(true, verdict.message() + text);
  }

  private static Verdict failed(Throwable why) {
    if (why instanceof Refused || why instanceof OutboundFailure) {
      return new Verdict(false, why.getMessage());
    }
    if (why instanceof java.util.concurrent.TimeoutException) {
      return new Verdict(false, "The tracker did not answer within " + SECONDS + " s");
    }
    LOG.warn("A tracker could not be tried", why);
    return new Verdict(false, "The tracker could not be tried: the node's log says why");
  }

  private static Throwable forbidden(Throwable why) {
    return why instanceof OutboundFailure
        ? Denied.invalid("/url", "cannot be used: " + why.getMessage())
        : why;
  }
}
