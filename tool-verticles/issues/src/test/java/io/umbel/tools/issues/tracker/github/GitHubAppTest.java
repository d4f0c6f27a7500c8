package io.umbel.tools.issues.tracker.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.tracker.RemoteTest;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GitHubAppTest extends RemoteTest {

  private static final JsonObject DETAILS =
      JsonObject.of("app_id", GitHubApp.ID, "installation_id", GitHubApp.INSTALLATION);

  private final SetClock clock = new SetClock();
  private final InstallationTokens tokens = new InstallationTokens(clock);
  private GitHubServer server;

  @BeforeEach
  void start() {
    server = new GitHubServer(vertx());
    server.repo("acme/web");
    server.app.clock = clock.now;
    server.app.expires = clock.now.plus(Duration.ofHours(1));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void actsWithATokenThatItsPrivateKeyGets() {
    var tracker = tracker(DETAILS, server.app.pem());
    assertThat(tracker.test().await().message()).isEqualTo("The app sees 1 repositories");
    assertThat(tracker.projects(10).await()).hasSize(1);
    tracker.create(project("acme/web"), fields("x", "open")).await();
    assertThat(server.lastWrite().headers().get("Authorization")).isEqualTo("Bearer ghs_0");
  }

  @Test
  void takesTheKeyAsGitHubGivesIt() {
    assertThat(tracker(DETAILS, server.app.pkcs1()).test().await().isValid()).isTrue();
  }

  @Test
  void keepsATokenUntilShortlyBeforeItExpires() {
    tracker(DETAILS, server.app.pem()).labels(project("acme/web")).await();
    tracker(DETAILS, server.app.pem()).labels(project("acme/web")).await();
    assertThat(server.app.issued).hasSize(1);
    go(Duration.ofMinutes(56));
    tracker(DETAILS, server.app.pem()).labels(project("acme/web")).await();
    assertThat(server.app.issued).hasSize(2);
  }

  @Test
  void aTestAsksForATokenOfItsOwn() {
    tracker(DETAILS, server.app.pem()).labels(project("acme/web")).await();
    server.app.issued.clear();
    server.app.issued.add("ghs_otherwise");
    assertThat(tracker(DETAILS, server.app.pem()).test().await().isValid()).isTrue();
    tracker(DETAILS, server.app.pem()).labels(project("acme/web")).await();
    assertThat(server.app.issued).hasSize(2);
  }

  @Test
  void anotherKeyGetsNoTokenThatWasKept() {
    tracker(DETAILS, server.app.pem()).labels(project("acme/web")).await();
    var verdict = tracker(DETAILS, GitHubApp.another().pem()).test().await();
    assertThat(verdict.isValid()).isFalse();
    assertThat(verdict.message()).contains("does not take the credentials");
  }

  @Test
  void saysWhatIsMissingOrWrong() {
    var none = tracker(new JsonObject(), server.app.pem()).test().await();
    assertThat(none.message()).isEqualTo("A GitHub App needs app_id in the connection's details");
    var notKey = tracker(DETAILS, "ghp_aToken").test().await();
    assertThat(notKey.message())
        .isEqualTo("The secret of a GitHub App has to be its private key, in PEM: all of the file"
            + " that GitHub gives");
    var elsewhere = DETAILS.copy().put("installation_id", 1);
    var refused = refused(() -> tracker(elsewhere, server.app.pem()).labels(project("acme/web")));
    assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(refused).hasMessageContaining("check that the app is installed");
  }

  private GitHubTracker tracker(JsonObject details, String key) {
    var connection = connection(server.uri(), "github_app", details, key);
    return new GitHubTracker(connection, web(connection), tokens);
  }

  private void go(Duration by) {
    clock.now = clock.now.plus(by);
    server.app.clock = clock.now;
    server.app.expires = clock.now.plus(Duration.ofHours(1));
  }

  /** A clock that stands where a test sets it. */
  private static final class SetClock extends Clock {
    private Instant now = Instant.parse("2026-01-05T09:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
