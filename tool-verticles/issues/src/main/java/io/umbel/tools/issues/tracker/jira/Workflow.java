package io.umbel.tools.issues.tracker.jira;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Status;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map.Entry;
import java.util.Objects;

/** Moves issues through their workflow: by where a transition leads, whatever it is called. */
final class Workflow {

  private final JiraWeb web;

  Workflow(JiraWeb web) {
    this.web = web;
  }

  /**
   * A way from where an issue is.
   *
   * @param id of the transition, or null where the issue is there already
   */
  record Way(String id, Status to) {
    boolean isNone() {
      return id == null;
    }
  }

  /**
   * Where an issue is and can go.
   *
   * @param now its status
   */
  record Crossing(String key, Status now, List<JsonObject> transitions) {

    /** The statuses that can be reached, each once. */
    List<String> targets() {
      return transitions.stream()
          .map(transition -> Reading.status(to(transition), null).word())
          .distinct()
          .toList();
    }

    /** The way to a status; throws where there is none, or where Jira would ask for more. */
    Way to(String asked) {
      if (now.word().equalsIgnoreCase(asked.strip())) {
        return new Way(null, now);
      }
      var best = transitions.stream()
          .filter(
              transition -> asked.strip().equalsIgnoreCase(JiraWeb.text(to(transition), "name")))
          .min(Comparator.comparingInt(transition -> wanting(transition).size()))
          .orElseThrow(() -> noWay(asked));
      if (!wanting(best).isEmpty()) {
        throw wantsMore(best);
      }
      return new Way(best.getString("id"), Reading.status(to(best), null));
    }

    private Refused noWay(String asked) {
      var text = key + " is " + now.word() + " and cannot become \"" + Refused.shown(asked)
          + "\" from there: "
          + (targets().isEmpty()
              ? "the workflow of this Jira lets it go nowhere"
              : "take one of " + String.join(", ", targets()));
      return new Refused(
          ErrorCode.INVALID_ARGUMENT, text, JsonObject.of("allowed", new JsonArray(targets())));
    }

    private Refused wantsMore(JsonObject transition) {
      var text = "Jira wants more to be filled in for " + key + " to become "
          + JiraWeb.text(to(transition), "name") + ": " + String.join(", ", wanting(transition))
          + ". Do it there";
      return new Refused(ErrorCode.NOT_SUPPORTED, text, null);
    }

    private static JsonObject to(JsonObject transition) {
      return JiraWeb.object(transition, "to");
    }

    /** What a transition cannot do without, beside what has a value by itself. */
    private static List<String> wanting(JsonObject transition) {
      var fields = JiraWeb.object(transition, "fields");
      return fields == null
          ? List.of()
          : fields.stream()
              .filter(field -> field.getValue() instanceof JsonObject one
                  && Boolean.TRUE.equals(one.getValue("required"))
                  && !Boolean.TRUE.equals(one.getValue("hasDefaultValue")))
              .map(Workflow::name)
              .toList();
    }
  }

  /** Where that issue is and can go. */
  Future<Crossing> crossing(String id) {
    var path = "/issue/" + Site.quoted(id) + "?fields=status&expand=transitions,transitions.fields";
    return web.object(path)
        .map(issue -> new Crossing(
            JiraWeb.text(issue, "key"),
            Reading.status(JiraWeb.object(JiraWeb.object(issue, "fields"), "status"), null),
            JiraWeb.objects(issue.getValue("transitions"))));
  }

  Future<Void> go(String id, Way way) {
    var body = JsonObject.of("transition", JsonObject.of("id", way.id()));
    return way.isNone()
        ? Future.succeededFuture()
        : web.write(HttpMethod.POST, "/issue/" + Site.quoted(id) + "/transitions", body)
            .mapEmpty();
  }

  /** Refuses a status that no issue of that type can have in that project. */
  Future<Void> check(String project, String type, String asked) {
    return web.array("/project/" + Site.quoted(project) + "/statuses").map(types -> {
      var one = JiraWeb.objects(types).stream()
          .filter(each -> type.equalsIgnoreCase(JiraWeb.text(each, "name")))
          .findFirst()
          .orElseThrow(() -> noType(project, type, JiraWeb.objects(types)));
      var names = names(JiraWeb.objects(one.getValue("statuses")));
      if (names.stream().noneMatch(name -> name.equalsIgnoreCase(asked.strip()))) {
        throw Refused.notOneOf("status", asked, names);
      }
      return null;
    });
  }

  private Refused noType(String project, String type, List<JsonObject> types) {
    return Refused.invalid("Project " + project + " has no issues of the type " + type
        + ": set connection_details.issue_type of tracker " + web.site().name() + " to one of "
        + String.join(", ", names(types)));
  }

  private static List<String> names(List<JsonObject> all) {
    return all.stream()
        .map(each -> JiraWeb.text(each, "name"))
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private static String name(Entry<String, Object> field) {
    var name = JiraWeb.text((JsonObject) field.getValue(), "name");
    return name == null ? field.getKey() : name;
  }
}
