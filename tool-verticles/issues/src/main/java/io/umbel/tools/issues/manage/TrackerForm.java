package io.umbel.tools.issues.manage;

import io.umbel.tools.issues.manage.Denied.Wrong;
import io.umbel.tools.issues.tracker.Trackers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * What clients say of a tracker, made whole and checked: all that is wrong is said at once. Throws
 * {@link Denied}.
 */
final class TrackerForm {

  static final int PROJECTS = 200;

  private static final int NAME = 200;
  private static final int RULES = 200;
  private static final Set<String> MEMBERS = new TreeSet<>(
      Set.of("name", "tracker_type", "is_active", "scope_rules", "projects", "version"));
  private static final Set<String> OF_PROJECT =
      new TreeSet<>(Set.of("identifier", "name", "organization", "project_id"));
  private static final Set<String> OF_RULE =
      new TreeSet<>(Set.of("scope_type", "rule_type", "identifier"));
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Z][A-Z0-9_]{0,31}");
  private static final Pattern PROJECT_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final JsonObject body;
  private final List<Wrong> wrongs = new ArrayList<>();

  private TrackerForm(JsonObject body) {
    this.body = body;
  }

  /** A tracker that is new. */
  static JsonObject whole(JsonObject body) {
    var form = new TrackerForm(body);
    form.checkAll(true);
    var name = body.getString("name").strip();
    var projects = body.getJsonArray("projects", new JsonArray());
    return new JsonObject()
        .put("name", name)
        .put("tracker_type", body.getString("tracker_type"))
        .put("is_active", body.getBoolean("is_active", true))
        .put("scope_rules", body.getJsonArray("scope_rules", new JsonArray()))
        .put("projects", projects(projects.isEmpty() ? only(name) : projects, name));
  }

  /** What of a tracker is to be another; members that are absent stay as they are. */
  static JsonObject change(JsonObject body, JsonObject before) {
    var form = new TrackerForm(body);
    form.checkAll(false);
    var type = before.getString("tracker_type");
    if (!text(body, "tracker_type", type).equals(type)) {
      throw Denied.invalid("/tracker_type", "cannot be changed: make another tracker");
    }
    var name = text(body, "name", before.getString("name")).strip();
    var after = before.copy().put("name", name);
    List.of("is_active", "scope_rules").stream()
        .filter(body::containsKey)
        .forEach(member -> after.put(member, body.getValue(member)));
    return body.containsKey("projects")
        ? after.put("projects", projects(body.getJsonArray("projects"), name))
        : after;
  }

  private void checkAll(boolean isNew) {
    checkMembers(body, "/", MEMBERS);
    checkText("name", "/name", body, isNew, NAME);
    checkType(isNew);
    checkFlag();
    checkList("scope_rules", RULES, this::checkRule);
    checkList("projects", PROJECTS, this::checkProject);
    checkTwice();
    if (!wrongs.isEmpty()) {
      throw Denied.invalid(wrongs);
    }
  }

  private void checkType(boolean isNew) {
    var type = body.getValue("tracker_type");
    if (type == null ? isNew : !Trackers.TYPES.contains(type)) {
      wrong("/tracker_type", "has to be one of " + String.join(", ", Trackers.TYPES));
    }
  }

  private void checkFlag() {
    if (body.containsKey("is_active") && !(body.getValue("is_active") instanceof Boolean)) {
      wrong("/is_active", "has to be true or false");
    }
  }

  private void checkRule(JsonObject rule, String at) {
    checkMembers(rule, at + "/", OF_RULE);
    checkWord(rule, "scope_type", at, Set.of("ORGANIZATION", "PROJECT"));
    checkWord(rule, "rule_type", at, Set.of("INCLUDE", "EXCLUDE"));
    checkText("identifier", at + "/identifier", rule, true, 255);
  }

  private void checkProject(JsonObject project, String at) {
    checkMembers(project, at + "/", OF_PROJECT);
    if (!(project.getValue("identifier") instanceof String identifier)
        || !IDENTIFIER.matcher(identifier).matches()) {
      wrong(
          at + "/identifier",
          "has to be 1 to 32 capital letters, digits and underscores, a letter first, as in WEB");
    }
    checkText("name", at + "/name", project, false, NAME);
    checkText("organization", at + "/organization", project, false, NAME);
    var id = project.getValue("project_id");
    if (id != null && !(id instanceof String text && PROJECT_ID.matcher(text).matches())) {
      wrong(at + "/project_id", "has to be the id of a project of this account");
    }
  }

  private void checkTwice() {
    var seen = new HashSet<String>();
    if (body.getValue("projects") instanceof JsonArray projects) {
      for (var project : projects) {
        if (project instanceof JsonObject one
            && one.getValue("identifier") instanceof String identifier
            && !seen.add(identifier)) {
          wrong("/projects", "has " + identifier + " twice");
        }
      }
    }
  }

  private void checkWord(JsonObject json, String name, String at, Set<String> words) {
    if (!(json.getValue(name) instanceof String word) || !words.contains(word)) {
      wrong(at + "/" + name, "has to be one of " + String.join(", ", new TreeSet<>(words)));
    }
  }

  private void checkText(String name, String at, JsonObject json, boolean needed, int longest) {
    var value = json.getValue(name);
    var isText = value instanceof String text && !text.isBlank() && text.length() <= longest;
    if (value == null ? needed : !isText) {
      wrong(at, "has to be a text of 1 to " + longest + " characters");
    }
  }

  private void checkMembers(JsonObject json, String at, Set<String> known) {
    json.fieldNames().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> wrong(at + name, "is not known; there are: " + String.join(", ", known)));
  }

  private void checkList(String name, int most, BiConsumer<JsonObject, String> check) {
    var value = body.getValue(name);
    if (!body.containsKey(name)) {
      return;
    }
    if (!(value instanceof JsonArray list) || list.size() > most) {
      wrong("/" + name, "has to be a list of at most " + most);
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      var at = "/" + name + "/" + i;
      if (list.getValue(i) instanceof JsonObject entry) {
        check.accept(entry, at);
      } else {
        wrong(at, "has to be an object");
      }
    }
  }

  private void wrong(String pointer, String message) {
    wrongs.add(new Wrong(pointer, message));
  }

  /** The one project of a tracker of which nobody said more than its name. */
  private static JsonArray only(String name) {
    var letters = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    var from = letters.replaceFirst("^[0-9]+", "");
    var identifier = from.isEmpty() ? "ISSUES" : from.substring(0, Math.min(10, from.length()));
    return JsonArray.of(JsonObject.of("identifier", identifier, "name", name));
  }

  private static JsonArray projects(JsonArray said, String tracker) {
    var whole = new JsonArray();
    for (var each : said) {
      var project = (JsonObject) each;
      var identifier = project.getString("identifier");
      whole.add(JsonObject.of("identifier", identifier)
          .put("name", text(project, "name", identifier))
          .put("organization", text(project, "organization", tracker))
          .put("project_id", project.getString("project_id")));
    }
    return whole;
  }

  /** Null says no more than absence. */
  private static String text(JsonObject json, String name, String absent) {
    var text = json.getString(name);
    return text == null ? absent : text;
  }
}
