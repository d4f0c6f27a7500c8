package io.umbel.tools.issues.tracker.gitlab;

import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.tracker.Hands;
import io.umbel.tools.issues.tracker.PlayedApi;
import io.umbel.tools.issues.tracker.PlayedApi.Asked;
import io.umbel.tools.issues.tracker.Remote;
import io.umbel.tools.issues.tracker.RemoteContract;
import io.umbel.tools.issues.tracker.SeamHands;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class GitLabContractTest extends RemoteContract {

  private static final String WEB = "acme/shop/web";

  private GitLabServer server;
  private GitLabServer.Project web;
  private SeamHands hands;

  @BeforeEach
  void start() {
    server = new GitLabServer(vertx());
    web = server.project(WEB);
    server.project("acme/api");
    hands = new SeamHands(opened(secret()), project());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected Hands hands() {
    return hands;
  }

  @Override
  protected Words words() {
    return new Words(
        List.of(new Way(" Closed ", "closed", "done"), new Way("OPEN", "open", "todo")),
        "high",
        "ann",
        "zoe",
        List.of("blocks", "is_blocked_by", "relates_to"));
  }

  @Override
  protected String secret() {
    return GitLabServer.TOKEN;
  }

  @Override
  protected PlayedApi server() {
    return server;
  }

  @Override
  protected Remote opened(String secret) {
    var connection = connection(server.uri(), "api_token", new JsonObject(), secret);
    return new GitLabTracker(connection, web(connection));
  }

  @Override
  protected Project project() {
    return project(WEB);
  }

  @Override
  protected Project noProject() {
    return project("acme/nope");
  }

  @Override
  protected boolean isWrite(Asked asked) {
    return !asked.method().equals("GET");
  }

  @Override
  protected String writeLine(String key) {
    return "PUT /api/v4/projects/acme%2Fshop%2Fweb/issues/" + key.replaceFirst(".*#", "");
  }

  @Override
  protected String appears(String title) {
    return server.issue(WEB, title, "ben").getLong("iid").toString();
  }

  @Override
  protected void retitled(String externalId, String title) {
    issue(externalId).put("title", title).put("updated_at", server.tick());
  }

  @Override
  protected void vanishes(String externalId) {
    web.issues.remove(issue(externalId));
  }

  @Override
  protected void commented(String externalId, String text) {
    server.say(web, "issues", Long.parseLong(externalId), text, "ben");
  }

  @Override
  protected Instant now() {
    return Instant.parse(server.time());
  }

  private JsonObject issue(String iid) {
    return web.thing("issues", Long.parseLong(iid));
  }
}
