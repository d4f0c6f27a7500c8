package io.umbel.tools.issues.tracker;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.umbel.outbound.Destinations;
import io.umbel.outbound.Outbound;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Status;
import io.umbel.tools.issues.tracker.Tracker.Placed;
import io.umbel.tools.issues.tracker.Tracker.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/**
 * Trackers on servers that tests play, without a database: what a copy would have is made by hand.
 */
public abstract class RemoteTest {

  protected final List<Verdict> verdicts = new CopyOnWriteArrayList<>();

  private final Vertx vertx = Vertx.vertx();
  private final Outbound outbound = new Outbound(
      vertx,
      new Destinations(vertx, List.of("127.0.0.1")),
      new Outbound.Bounds(Duration.ofSeconds(10), 4 << 20));

  @AfterEach
  final void close() {
    outbound.close().await();
    vertx.close().await();
  }

  protected final Vertx vertx() {
    return vertx;
  }

  protected final Connection connection(
      URI url, String authType, JsonObject details, String secret) {
    return new Connection("Code", url, authType, details, secret);
  }

  protected final TrackerWeb web(Connection connection) {
    var pace = new TrackerWeb.Pace(Duration.ofMillis(1), Duration.ofSeconds(1));
    return new TrackerWeb(vertx, outbound, connection.name(), pace, verdicts::add);
  }

  protected static Project project(String identifier) {
    return new Project(JsonObject.of("account", "acme", "id", "p", "identifier", identifier)
        .put("name", identifier)
        .put("organization", "acme")
        .put("in_scope", true)
        .put("tracker_id", "t")
        .put("tracker", "Code")
        .put("tracker_type", "remote"));
  }

  /** The copy that is kept of it. */
  protected static Issue kept(Project project, Placed placed) {
    var fields = placed.taken();
    return new Issue(JsonObject.of("id", "00000000-0000-0000-0000-000000000001")
        .put("account", "acme")
        .put("project_row", "p")
        .put("identifier", project.identifier())
        .put("project", project.identifier())
        .put("organization", "acme")
        .put("tracker_id", "t")
        .put("tracker", "Code")
        .put("external_id", placed.externalId())
        .put("key", placed.key())
        .put("url", placed.url())
        .put("title", fields.title())
        .put("description", fields.description())
        .put("status", fields.status().word())
        .put("category", fields.status().category())
        .put("meta_data", new JsonObject())
        .put("priority", fields.priority())
        .put("labels", new JsonArray(fields.labels()))
        .put("assignee", fields.assignee()));
  }

  protected static Fields fields(
      String title, String priority, List<String> labels, String assignee) {
    return new Fields(title, "About " + title, Status.asked(null), priority, labels, assignee);
  }

  protected static Fields fields(String title, String status) {
    return new Fields(title, "About it", Status.asked(status), null, List.of(), null);
  }

  protected static Fields titled(Fields before, String title) {
    return new Fields(
        title,
        before.description(),
        before.status(),
        before.priority(),
        before.labels(),
        before.assignee());
  }

  protected static Fields asked(Fields before, String status) {
    return new Fields(
        before.title(),
        before.description(),
        Status.asked(status),
        before.priority(),
        before.labels(),
        before.assignee());
  }

  /** What is refused, whether at once or later. */
  protected static Refused refused(Supplier<? extends Future<?>> work) {
    return catchThrowableOfType(
        Refused.class,
        () -> Future.succeededFuture().compose(begun -> work.get().mapEmpty()).await());
  }
}
