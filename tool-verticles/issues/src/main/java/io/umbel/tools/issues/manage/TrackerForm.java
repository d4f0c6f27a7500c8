package io.umbel.tools.issues.manage;

import io.umbel.tools.issues.tracker.RemoteKind;
import io.umbel.tools.issues.tracker.RemoteKind.Word;
import io.umbel.tools.issues.tracker.Trackers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What clients say of a tracker, made whole and checked: all that is wrong is said at once. Throws
 * {@link Denied}.
 */
final class TrackerForm {

  static final int PROJECTS = 200;

  private static final int NAME = 200;
  private static final int RULES = 200;
  private static final Set<String> MEMBERS =
      Set.of("name", "tracker_type", "is_active", "scope_rules", "projects", "version");
  private static final Set<String> OF_PROJECT =
      Set.of("identifier", "name", "organization", "project_id");
  private static final Set<String> OF_RULE = Set.of("scope_type", "rule_type", "identifier");
  private static final Word LOCAL_PROJECT = new Word(
      "[A-Z][A-Z0-9_]{0,31}",
      "1 to 32 capital letters, digits and underscores, a letter first, as in WEB");
  private static final Word PROJECT_ID =
      new Word("[A-Za-z0-9_-]{1,64}", "the id of a project of this account");

  private final Trackers trackers;
  private final Checks checks;
  private final Optional<RemoteKind> kind;

  private TrackerForm(Trackers trackers, JsonObject body, Object type) {
    this.trackers = trackers;
    this.checks = new Checks(body);
    this.kind = trackers.remote(String.valueOf(type));
  }

  /** A tracker that is new. */
  static Wanted whole(Trackers trackers, JsonObject body) {
    var form = new TrackerForm(trackers, body, body.getValue("tracker_type"));
    var remote = form.kind.map(of -> new RemoteForm(of, form.checks, null));
    form.checkAll(true, remote);
    var name = body.getString("name").strip();
    var tracker = new JsonObject()
        .put("name", name)
        .put("tracker_type", body.getString("tracker_type"))
        .put("is_active", body.getBoolean("is_active", true))
        .put("scope_rules", list(body, "scope_rules"));
    var projects = form.projects(list(body, "projects"), name);
    var isAlone = projects.isEmpty() && form.kind.isEmpty();
    tracker.put("projects", isAlone ? form.projects(only(name), name) : projects);
    return remote
        .map(said -> said.wanted(tracker))
        .orElseGet(() -> new Wanted(tracker, null, false));
  }

  /** What of a tracker is to be another; members that are absent stay as they are. */
  static Wanted change(Trackers trackers, JsonObject body, JsonObject before) {
    var type = before.getString("tracker_type");
    var form = new TrackerForm(trackers, body, type);
    var remote = form.kind.map(of -> new RemoteForm(of, form.checks, before));
    form.checkAll(false, remote);
    if (!text(body, "tracker_type", type).equals(type)) {
      throw Denied.invalid("/tracker_type", "cannot be changed: make another tracker");
    }
    var name = text(body, "name", before.getString("name")).strip();
    var after = before.copy().put("name", name);
    after.remove("api_key");
    List.of("is_active", "scope_rules").stream()
        .filter(member -> body.getValue(member) != null)
        .forEach(member -> after.put(member, body.getValue(member)));
    if (body.containsKey("projects")) {
      after.put("projects", form.projects(list(body, "projects"), name));
    }
    return remote.map(said -> said.wanted(after)).orElseGet(() -> new Wanted(after, null, false));
  }

  private void checkAll(boolean isNew, Optional<RemoteForm> remote) {
    var members = new TreeSet<>(MEMBERS);
    remote.ifPresent(form -> members.addAll(RemoteForm.MEMBERS));
    checks.members(checks.body(), "/", members);
    checks.text(checks.body(), "/", "name", isNew, NAME);
    checkType(isNew);
    remote.ifPresent(RemoteForm::check);
    checks.flag("is_active");
    checks.list("scope_rules", RULES, this::checkRule);
    checks.list("projects", PROJECTS, this::checkProject);
    checkTwice();
    checks.end();
  }

  private void checkType(boolean isNew) {
    var type = checks.body().getValue("tracker_type");
    if (type == null ? isNew : !trackers.types().contains(String.valueOf(type))) {
      checks.wrong("/tracker_type", "has to be one of " + String.join(", ", trackers.types()));
    }
  }

  private void checkRule(JsonObject rule, String at) {
    checks.members(rule, at, OF_RULE);
    checks.word(rule, at, "scope_type", Set.of("ORGANIZATION", "PROJECT"));
    checks.word(rule, at, "rule_type", Set.of("INCLUDE", "EXCLUDE"));
    checks.text(rule, at, "identifier", true, 255);
  }

  private void checkProject(JsonObject project, String at) {
    checks.members(project, at, OF_PROJECT);
    var word = kind.map(of -> of.form().project()).orElse(LOCAL_PROJECT);
    var identifier = project.getValue("identifier");
    if (!word.fits(identifier) || String.valueOf(identifier).length() > 255) {
      checks.wrong(at + "identifier", "has to be " + word.expected());
    }
    checks.text(project, at, "name", false, NAME);
    checks.text(project, at, "organization", false, NAME);
    var id = project.getValue("project_id");
    if (id != null && !(id instanceof String && PROJECT_ID.fits(id))) {
      checks.wrong(at + "project_id", "has to be " + PROJECT_ID.expected());
    }
  }

  private void checkTwice() {
    var seen = new HashSet<String>();
    if (checks.body().getValue("projects") instanceof JsonArray projects) {
      for (var project : projects) {
        if (project instanceof JsonObject one
            && one.getValue("identifier") instanceof String identifier
            && !seen.add(identifier.toLowerCase(Locale.ROOT))) {
          checks.wrong("/projects", "has " + identifier + " twice");
        }
      }
    }
  }

  /** The one project of a local tracker of which nobody said more than its name. */
  private static JsonArray only(String name) {
    var letters = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    var from = letters.replaceFirst("^[0-9]+", "");
    var identifier = from.isEmpty() ? "ISSUES" : from.substring(0, Math.min(10, from.length()));
    return JsonArray.of(JsonObject.of("identifier", identifier, "name", name));
  }

  private JsonArray projects(JsonArray said, String tracker) {
    var whole = new JsonArray();
    for (var each : said) {
      var project = (JsonObject) each;
      var identifier = project.getString("identifier");
      var slash = identifier.lastIndexOf('/');
      whole.add(JsonObject.of("identifier", identifier)
          .put("name", text(project, "name", identifier))
          .put(
              "organization",
              text(project, "organization", slash < 0 ? tracker : identifier.substring(0, slash)))
          .put("project_id", project.getString("project_id")));
    }
    return whole;
  }

  private static JsonArray list(JsonObject json, String name) {
    var list = json.getJsonArray(name);
    return list == null ? new JsonArray() : list;
  }

  /** Null says no more than absence. */
  private static String text(JsonObject json, String name, String absent) {
    var text = json.getString(name);
    return text == null ? absent : text;
  }
}
