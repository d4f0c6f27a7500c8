package io.umbel.tools.issues.tracker.github;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.umbel.contract.ErrorCode;
import io.umbel.outbound.Answer;
import io.umbel.outbound.Request;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Sha256;
import io.umbel.tools.issues.tracker.Connection;
import io.umbel.tools.issues.tracker.TrackerWeb;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Tokens that GitHub Apps are given where they are installed, kept until shortly before they expire
 * (docs.github.com/rest/apps/apps: create an installation access token for an app). Each is kept
 * under a digest of all that it was asked for with, the private key included: another key, another
 * token.
 */
final class InstallationTokens {

  private static final String APP = "app_id";
  private static final String INSTALLATION = "installation_id";
  private static final int KEPT = 1_000;
  private static final Duration EARLY = Duration.ofMinutes(5);

  private final Clock clock;
  private final Cache<String, Token> tokens = Caffeine.newBuilder()
      .maximumSize(KEPT)
      .expireAfterWrite(Duration.ofHours(1))
      .build();

  InstallationTokens(Clock clock) {
    this.clock = clock;
  }

  private record Token(String text, Instant until) {}

  /** Those of the app that a tracker is connected by. */
  Credentials of(Connection connection, TrackerWeb web) {
    return new Credentials() {
      @Override
      public Future<String> token() {
        return current(connection, web);
      }

      @Override
      public void forget() {
        tokens.invalidate(name(connection));
      }

      @Override
      public boolean isApp() {
        return true;
      }
    };
  }

  private Future<String> current(Connection connection, TrackerWeb web) {
    var name = name(connection);
    var kept = tokens.getIfPresent(name);
    if (kept != null && kept.until().isAfter(clock.instant().plus(EARLY))) {
      return Future.succeededFuture(kept.text());
    }
    var app = detail(connection, APP);
    var statement = new AppKey(connection.secret()).statement(app, clock.instant());
    var installation = detail(connection, INSTALLATION);
    var url = connection.at("/app/installations/" + installation + "/access_tokens");
    var request = Request.send(HttpMethod.POST, url, new JsonObject())
        .with("Accept", GitHubApi.ACCEPT)
        .with("Authorization", "Bearer " + statement);
    return web.write(request).map(answer -> {
      var token = token(connection, answer);
      tokens.put(name, token);
      return token.text();
    });
  }

  private static String name(Connection connection) {
    return Sha256.of(List.of(
        connection.url().toString(),
        detail(connection, APP),
        detail(connection, INSTALLATION),
        connection.secret()));
  }

  private static Token token(Connection connection, Answer answer) {
    try {
      if (answer.isGood()) {
        var json = answer.object();
        return new Token(json.getString("token"), Instant.parse(json.getString("expires_at")));
      }
    } catch (DateTimeException | ClassCastException | NullPointerException e) {
      // Said below: it is no token.
    }
    throw new Refused(
        ErrorCode.UPSTREAM_ERROR,
        "Tracker " + connection.name() + " gives the app no token: check that the app is installed,"
            + " and its installation_id",
        null);
  }

  private static String detail(Connection connection, String name) {
    var value = String.valueOf(connection.details().getValue(name));
    if (!value.matches("[A-Za-z0-9._-]{1,40}") || value.equals("null")) {
      throw Refused.invalid("A GitHub App needs " + name + " in the connection's details");
    }
    return value;
  }
}
