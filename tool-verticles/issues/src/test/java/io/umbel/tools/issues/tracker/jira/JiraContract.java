package io.umbel.tools.issues.tracker.jira;

import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.tracker.Hands;
import io.umbel.tools.issues.tracker.PlayedApi;
import io.umbel.tools.issues.tracker.PlayedApi.Asked;
import io.umbel.tools.issues.tracker.Remote;
import io.umbel.tools.issues.tracker.RemoteContract;
import io.umbel.tools.issues.tracker.SeamHands;
import io.umbel.tools.issues.tracker.jira.adf.Adf;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** How Jira behaves, whichever of the two. */
abstract class JiraContract extends RemoteContract {

  private final boolean isCloud;
  private JiraServer server;
  private SeamHands hands;

  JiraContract(boolean isCloud) {
    this.isCloud = isCloud;
  }

  @BeforeEach
  void start() {
    server = new JiraServer(vertx(), isCloud);
    hands = new SeamHands(opened(JiraServer.TOKEN), project());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  final JiraServer jira() {
    return server;
  }

  @Override
  protected final Hands hands() {
    return hands;
  }

  @Override
  protected final Words words() {
    return new Words(
        List.of(
            new Way("in progress", "In Progress", "in_progress"),
            new Way("IN REVIEW", "In Review", "in_progress"),
            new Way(" Done ", "Done", "done"),
            new Way("to do", "To Do", "todo")),
        "High",
        isCloud ? "Ann Bell" : "ann",
        "zoe",
        List.of("blocks", "is_blocked_by", "relates_to", "duplicates"));
  }

  @Override
  protected final String secret() {
    return JiraServer.TOKEN;
  }

  @Override
  protected final PlayedApi server() {
    return server;
  }

  @Override
  protected final Remote opened(String secret) {
    var details = JsonObject.of("api_version", isCloud ? 3 : 2);
    if (isCloud) {
      details.put("email", JiraServer.EMAIL);
    }
    var connection = connection(server.uri(), "api_token", details, secret);
    return new JiraTracker(connection, web(connection));
  }

  @Override
  protected final Project project() {
    return project("WEB");
  }

  @Override
  protected final Project noProject() {
    return project("NOPE");
  }

  @Override
  protected final boolean isWrite(Asked asked) {
    return !asked.method().equals("GET") && !asked.path().contains("/search");
  }

  @Override
  protected final String writeLine(String key) {
    return "PUT " + "/rest/api/" + (isCloud ? 3 : 2) + "/issue/"
        + hands.kept(key).row().getString("external_id");
  }

  @Override
  protected final String appears(String title) {
    return server.make("WEB", title).getString("id");
  }

  @Override
  protected final void retitled(String externalId, String title) {
    var issue = server.find(externalId);
    issue.getJsonObject("fields").put("summary", title);
    server.touch(issue);
  }

  @Override
  protected final void vanishes(String externalId) {
    server.issues.remove(externalId);
  }

  @Override
  protected final void commented(String externalId, String text) {
    server.talk.say(server.find(externalId), JiraServer.BEN, isCloud ? Adf.of(text) : text);
  }

  @Override
  protected final Instant now() {
    return server.now;
  }
}
