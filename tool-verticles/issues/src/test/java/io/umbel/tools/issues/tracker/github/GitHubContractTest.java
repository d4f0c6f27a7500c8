package io.umbel.tools.issues.tracker.github;

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

class GitHubContractTest extends RemoteContract {

  private GitHubServer server;
  private GitHubServer.Repo web;
  private SeamHands hands;

  @BeforeEach
  void start() {
    server = new GitHubServer(vertx());
    web = server.repo("acme/web");
    server.repo("acme/api");
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
        List.of("blocks", "is_blocked_by", "relates_to", "duplicates"));
  }

  @Override
  protected String secret() {
    return GitHubServer.TOKEN;
  }

  @Override
  protected PlayedApi server() {
    return server;
  }

  @Override
  protected Remote opened(String secret) {
    var connection = connection(server.uri(), "api_token", new JsonObject(), secret);
    return new GitHubTracker(connection, web(connection));
  }

  @Override
  protected Project project() {
    return project("acme/web");
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
    return "PATCH /repos/acme/web/issues/" + key.replaceFirst(".*#", "");
  }

  @Override
  protected String appears(String title) {
    return server.issue("acme/web", title, "ben").getLong("number").toString();
  }

  @Override
  protected void retitled(String externalId, String title) {
    web.issue(Long.parseLong(externalId)).put("title", title).put("updated_at", server.tick());
  }

  /** What is deleted is gone, which GitHub says with another status. */
  @Override
  protected void vanishes(String externalId) {
    web.issues.remove(web.issue(Long.parseLong(externalId)));
  }

  @Override
  protected void commented(String externalId, String text) {
    server.comment(web, Long.parseLong(externalId), text, "ben");
  }

  @Override
  protected Instant now() {
    return Instant.parse(server.now());
  }
}
