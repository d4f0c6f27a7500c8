package io.umbel.tools.issues.sync;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Relation;
import io.umbel.tools.issues.store.Status;
import io.umbel.tools.issues.tracker.Remote;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Reads a {@link SmallTracker}; writes nothing. */
public final class SmallRemote implements Remote {

  private final HttpClient http;
  private final int port;

  public SmallRemote(Vertx vertx, int port) {
    this.http = vertx.createHttpClient();
    this.port = port;
  }

  @Override
  public Future<Verdict> test() {
    return get("/test/issues")
        .map(found -> new Verdict(true, "It answers"))
        .recover(why -> Future.succeededFuture(new Verdict(false, why.getMessage())));
  }

  @Override
  public Future<List<Place>> projects(int most) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<Page> changed(Project project, Since since) {
    var query = (since.updated() == null ? "" : "&since=" + since.updated())
        + (since.next() == null ? "" : "&from=" + since.next());
    var path = "/" + project.identifier() + "/issues?all" + query;
    return get(path).map(found -> {
      var page = found.orElseThrow(() -> new Refused(
          ErrorCode.NOT_FOUND, "The tracker has no project " + project.identifier(), null));
      return new Page(
          page.getJsonArray("issues").stream()
              .map(issue -> copied(project, (JsonObject) issue))
              .toList(),
          page.getString("next"),
          page.getInteger("total"));
    });
  }

  @Override
  public Future<Optional<Copied>> issue(Project project, String externalId) {
    return get("/" + project.identifier() + "/issues/" + externalId)
        .map(found -> found.map(issue -> copied(project, issue)));
  }

  @Override
  public Future<List<Label>> labels(Project project) {
    return Future.succeededFuture(List.of(new Label("bug", "Something is wrong", "d73a4a")));
  }

  @Override
  public Future<PlacedComment> change(Issue issue, CommentChange change) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Placed> create(Project project, Fields wanted) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Fields> update(Issue issue, Fields wanted) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<PlacedComment> comment(Issue issue, Remark remark) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Void> link(Issue issue, Issue related, Relation relation) {
    throw new UnsupportedOperationException();
  }

  private Future<Optional<JsonObject>> get(String path) {
    return http.request(HttpMethod.GET, port, "127.0.0.1", path)
        .compose(request -> request.send())
        .compose(
            answer -> answer.body().map(body -> read(answer.statusCode(), body.toJsonObject())))
        .recover(why -> Future.failedFuture(
            why instanceof Refused
                ? why
                : new Refused(ErrorCode.UPSTREAM_ERROR, "Tracker Far cannot be reached", null)));
  }

  private static Optional<JsonObject> read(int status, JsonObject body) {
    if (status == 429) {
      throw new Refused(ErrorCode.RATE_LIMITED, "Tracker Far was asked too often", body);
    }
    if (status >= 500) {
      throw new Refused(
          ErrorCode.UPSTREAM_ERROR, "Tracker Far answered with HTTP status " + status, null);
    }
    return status == 404 ? Optional.empty() : Optional.of(body);
  }

  private static Copied copied(Project project, JsonObject issue) {
    var number = issue.getString("number");
    var key = project.identifier() + "#" + number;
    var url = "https://far.example/" + project.identifier() + "/" + number;
    var isOpen = issue.getString("status").equals("open");
    var fields = new Fields(
        issue.getString("title"),
        issue.getString("description"),
        new Status(issue.getString("status"), isOpen ? "todo" : "done", null),
        null,
        issue.getJsonArray("labels").stream().map(String.class::cast).toList(),
        issue.getString("assignee"));
    var comments = issue.getJsonArray("comments").stream()
        .map(JsonObject.class::cast)
        .map(each -> new CopiedComment(
            new PlacedComment(each.getString("id"), url + "#" + each.getString("id")),
            each.getString("author"),
            each.getString("body"),
            each.getString("in_reply_to"),
            each.getString("at"),
            each.getString("at")))
        .toList();
    var more = issue.getJsonObject("more", new JsonObject());
    var origin = new Origin("zoe", issue.getString("created"), issue.getString("updated"), more);
    return new Copied(new Placed(number, key, url, fields), origin, comments);
  }
}
