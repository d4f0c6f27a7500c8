package io.umbel.tools.issues.tracker.jira;

import io.umbel.tools.issues.tracker.Remote.Place;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The projects that somebody's credentials see. */
final class Projects {

  private static final int PAGE = 50;

  private final JiraWeb web;

  Projects(JiraWeb web) {
    this.web = web;
  }

  /** By key, at most so many. */
  Future<List<Place>> all(int most) {
    return web.site().isCloud()
        ? paged(most, new ArrayList<>())
        : web.array("/project").map(all -> places(JiraWeb.objects(all), most));
  }

  private Future<List<Place>> paged(int most, List<JsonObject> read) {
    var path = "/project/search?orderBy=key&startAt=" + read.size() + "&maxResults=" + PAGE;
    return web.object(path).compose(page -> {
      var found = JiraWeb.objects(page.getValue("values"));
      read.addAll(found);
      var isAll =
          found.isEmpty() || read.size() >= most || !Boolean.FALSE.equals(page.getValue("isLast"));
      return isAll ? Future.succeededFuture(places(read, most)) : paged(most, read);
    });
  }

  private List<Place> places(List<JsonObject> projects, int most) {
    return projects.stream()
        .filter(project -> JiraWeb.text(project, "key") != null)
        .map(this::place)
        .sorted(Comparator.comparing(Place::identifier))
        .limit(most)
        .toList();
  }

  /** Jira has no organizations: the category that a project is filed under comes next to it. */
  private Place place(JsonObject project) {
    var key = JiraWeb.text(project, "key");
    var name = JiraWeb.text(project, "name");
    var category = JiraWeb.text(JiraWeb.object(project, "projectCategory"), "name");
    return new Place(
        key, name == null ? key : name, category == null ? web.site().host() : category);
  }
}
