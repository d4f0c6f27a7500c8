package io.umbel.launcher.command;

import io.umbel.launcher.client.RestClient;
import io.umbel.launcher.client.SearchIndex;
import io.umbel.launcher.client.Trackers;
import io.umbel.launcher.client.UpstreamServers;
import io.umbel.launcher.identity.OwnToken;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The flags of every command about upstream servers, trackers or the search index. */
final class ServerFlags extends SettingFlags {

  private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      description =
          "Ask this gateway (default: the one that \"up\" starts with the same settings).")
  private String gateway;

  /** The servers of the account that this process' own token is of. */
  UpstreamServers servers() {
    return new UpstreamServers(rest());
  }

  /** The trackers of that account. */
  Trackers trackers() {
    return new Trackers(rest());
  }

  /** The search index of that account. */
  SearchIndex searchIndex() {
    var boot = new Boot(this);
    return new SearchIndex(boot.alone().vertx(), rest(boot));
  }

  private RestClient rest() {
    return rest(new Boot(this));
  }

  private RestClient rest(Boot boot) {
    var url = GatewayUrl.of(gateway, boot.settings());
    var vertx = boot.alone().vertx();
    var token = OwnToken.of(vertx, boot.settings(), boot.data(), url, TOKEN_LIFE);
    return new RestClient(vertx, url, token);
  }
}
