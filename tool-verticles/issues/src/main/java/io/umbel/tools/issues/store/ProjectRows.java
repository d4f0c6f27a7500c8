package io.umbel.tools.issues.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the projects of trackers. */
public final class ProjectRows {

  private static final String VISIBLE = """
      SELECT row_to_json(v) FROM known_projects v
      WHERE v.account = $1 AND ($2::text IS NULL OR v.project_id = $2)
      ORDER BY v.identifier, v.id
      """;
  private static final String TYPES = """
      SELECT DISTINCT tracker_type FROM trackers WHERE account = $1 AND is_active AND NOT is_deleted
      """;

  private final SqlClient client;

  public ProjectRows(SqlClient client) {
    this.client = client;
  }

  /** The kinds of trackers that the account has in use; none where it has no tracker. */
  public Future<Set<String>> trackerTypes(String account) {
    return client.preparedQuery(TYPES).execute(Tuple.of(account)).map(rows -> {
      var types = new TreeSet<String>();
      rows.forEach(row -> types.add(row.getString(0)));
      return types;
    });
  }

  /** All that the scope has, within its trackers' rules or not. */
  public Future<List<Project>> of(Scope scope) {
    return client
        .preparedQuery(VISIBLE)
        .execute(Tuple.of(scope.account(), scope.project()))
        .map(rows -> {
          var all = new ArrayList<Project>(rows.size());
          rows.forEach(row -> all.add(new Project(row.getJsonObject(0))));
          return all;
        });
  }

  /** The project that is meant by that identifier, name or id; fails with {@link Refused}. */
  public Future<Project> find(Scope scope, String text) {
    return of(scope).map(all -> meant(all, text));
  }

  /** The same among those of these kinds of trackers. */
  public Future<Project> find(Scope scope, String text, Set<String> types) {
    return of(scope)
        .map(
            all -> all.stream().filter(one -> types.contains(one.trackerType())).toList())
        .map(all -> meant(all, text));
  }

  /** The same, or the only one there is where nothing is said. */
  public Future<Project> findOrOnly(Scope scope, String text) {
    return text == null ? of(scope).map(all -> only(all, scope)) : find(scope, text);
  }

  private static Project meant(List<Project> all, String text) {
    var meant = all.stream().filter(project -> isMeant(project, text)).toList();
    if (meant.isEmpty()) {
      throw Refused.noProject(text, identifiers(all));
    }
    var within = meant.stream().filter(Project::isInScope).toList();
    if (within.isEmpty()) {
      throw Refused.outOfScope(meant.get(0).identifier(), meant.get(0).trackerName());
    }
    if (within.size() > 1) {
      throw Refused.ambiguous(
          "project", text, within.stream().limit(5).map(Project::candidate).toList());
    }
    return within.get(0);
  }

  private static boolean isMeant(Project project, String text) {
    return project.identifier().equalsIgnoreCase(text)
        || project.row().getString("name").equalsIgnoreCase(text)
        || project.row().getString("id").equals(text);
  }

  private static Project only(List<Project> all, Scope scope) {
    var within = all.stream().filter(Project::isInScope).toList();
    if (within.size() == 1) {
      return within.get(0);
    }
    if (within.isEmpty()) {
      throw new Refused(
          io.umbel.contract.ErrorCode.NOT_FOUND,
          scope.project() == null
              ? "There is no tracker project yet: add one to a tracker"
              : "No tracker project belongs to project " + scope.project()
                  + ": name it as project_id of one of a tracker's projects",
          null);
    }
    throw Refused.invalid("Say in which project: one of " + Refused.named(identifiers(within)));
  }

  private static Set<String> identifiers(List<Project> all) {
    var identifiers = new TreeSet<String>();
    all.stream().filter(Project::isInScope).forEach(one -> identifiers.add(one.identifier()));
    return identifiers;
  }
}
