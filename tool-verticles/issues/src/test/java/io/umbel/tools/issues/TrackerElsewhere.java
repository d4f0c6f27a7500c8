package io.umbel.tools.issues;

import io.umbel.outbound.Request;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Relation;
import io.umbel.tools.issues.store.Status;
import io.umbel.tools.issues.tracker.Connection;
import io.umbel.tools.issues.tracker.PullRequests;
import io.umbel.tools.issues.tracker.Remote;
import io.umbel.tools.issues.tracker.RemoteKind;
import io.umbel.tools.issues.tracker.Tracker;
import io.umbel.tools.issues.tracker.TrackerWeb;
import io.umbel.tools.issues.tracker.Trackers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The server of a tracker, as a test needs it: it remembers what it is asked for, and does what the
 * test says before it answers.
 */
final class TrackerElsewhere {

  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<Connection> connections = new CopyOnWriteArrayList<>();
  final Map<String, Fields> issues = new ConcurrentHashMap<>();
  volatile Supplier<Future<Void>> before = Future::succeededFuture;
  volatile String key = "right";
  volatile List<Remote.Place> places = List.of();

  /** The kinds that this version has, all of them leading here. */
  List<RemoteKind> kinds() {
    return Trackers.REMOTE.stream()
        .map(kind -> new RemoteKind(
            kind.type(), kind.form(), (connection, web) -> remote(kind.type(), connection, web)))
        .toList();
  }

  private Remote remote(String type, Connection connection, TrackerWeb web) {
    connections.add(connection);
    return new Played(type, connection, web);
  }

  private final class Played implements Remote, PullRequests {

    private final String type;
    private final Connection connection;
    private final TrackerWeb web;

    Played(String type, Connection connection, TrackerWeb web) {
      this.type = type;
      this.connection = connection;
      this.web = web;
    }

    private <T> Future<T> told(String what, Supplier<T> answer) {
      asked.add(what);
      return before.get().map(done -> answer.get());
    }

    @Override
    public Future<Verdict> test() {
      var isRight = connection.secret().equals(key);
      return told(
          "test", () -> new Verdict(isRight, isRight ? "It is there" : "The key does not fit"));
    }

    @Override
    public Future<List<Place>> projects(int most) {
      return told("projects", () -> places);
    }

    @Override
    public Future<Page> changed(Project project, Since since) {
      return told("changed", () -> new Page(List.of(), null));
    }

    @Override
    public Future<Optional<Copied>> issue(Project project, String externalId) {
      return told(
          "read " + externalId,
          () -> Optional.ofNullable(issues.get(externalId))
              .map(fields -> new Copied(
                  placed(project, externalId, fields),
                  new Origin("x", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", new JsonObject()),
                  List.of())));
    }

    @Override
    public Future<List<Label>> labels(Project project) {
      return told("labels", List::of);
    }

    @Override
    public Future<Placed> create(Project project, Fields wanted) {
      return told("create " + wanted.title(), () -> {
        var id = Integer.toString(issues.size() + 7);
        issues.put(id, taken(wanted));
        return placed(project, id, issues.get(id));
      });
    }

    @Override
    public Future<Fields> update(Issue issue, Fields wanted) {
      var changed = issue.fields().differences(wanted).keySet();
      return told("update " + issue.externalId() + " " + changed, () -> {
        issues.put(issue.externalId(), taken(wanted));
        return issues.get(issue.externalId());
      });
    }

    @Override
    public Future<PlacedComment> comment(Issue issue, Remark remark) {
      return told(
          "comment " + issue.externalId() + " re " + remark.inReplyTo(),
          () -> new PlacedComment("c" + asked.size(), "https://there/c" + asked.size()));
    }

    @Override
    public Future<Void> link(Issue issue, Issue related, Relation relation) {
      return told("link " + issue.key() + " " + relation.word() + " " + related.key(), () -> null);
    }

    @Override
    public Future<PlacedComment> change(Issue issue, CommentChange change) {
      return told(
          "change " + change.externalId() + " " + change.body(),
          () -> new PlacedComment(change.externalId(), "https://there/changed"));
    }

    @Override
    public Optional<PullRequests> pullRequests() {
      return type.equals("jira") ? Optional.empty() : Optional.of(this);
    }

    @Override
    public Future<JsonObject> get(Project project, String number, Wanted wanted) {
      if (number.equals("401")) {
        return web.read(Request.get(connection.at("/"))).map(answer -> answer.object());
      }
      return told(
          "pull " + number + " " + wanted.comments() + " " + wanted.diff(),
          () -> JsonObject.of(
                  "id", "9", "number", 3, "title", "T", "state", "open", "url", "https://x")
              .put("source_branch", "a")
              .put("target_branch", "b"));
    }

    @Override
    public Future<JsonObject> create(Project project, JsonObject arguments) {
      return told(
          "open " + arguments.encode(),
          () -> JsonObject.of("pull_request_id", "9")
              .put("number", 3)
              .put("status", "created")
              .put("message", "Made it")
              .put("url", "https://x")
              .put("source_branch", "a")
              .put("target_branch", "b")
              .put("is_draft", false));
    }

    @Override
    public Future<JsonObject> update(Project project, String number, JsonObject arguments) {
      return told(
          "change pull " + number,
          () -> JsonObject.of("pull_request_id", "9")
              .put("status", "updated")
              .put("message", "Changed it")
              .put("url", "https://x"));
    }

    @Override
    public Future<PlacedComment> comment(Project project, String number, Remark remark) {
      var line = remark.line();
      return told(
          "say of pull " + number + " " + (line == null ? "" : line.path() + line.side()),
          () -> new PlacedComment("p1", "https://x#p1"));
    }

    @Override
    public Future<PlacedComment> change(Project project, String number, CommentChange change) {
      return told(
          "settle " + change.externalId() + " " + change.resolved(),
          () -> new PlacedComment(change.externalId(), "https://x#p1"));
    }
  }

  private static Tracker.Placed placed(Project project, String id, Fields fields) {
    var name = project.identifier() + "#" + id;
    return new Tracker.Placed(id, name, "https://there/" + name.replace('#', '/'), fields);
  }

  /** It knows open and closed, and cuts nothing. */
  private static Fields taken(Fields wanted) {
    var word = wanted.status().word();
    var status = "closed".equals(word)
        ? new Status("closed", "done", null)
        : new Status("open", "todo", null);
    return new Fields(
        wanted.title(),
        wanted.description(),
        status,
        wanted.priority(),
        new ArrayList<>(wanted.labels()),
        wanted.assignee());
  }
}
