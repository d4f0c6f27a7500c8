package io.umbel.launcher.command;

import io.umbel.launcher.client.McpClient;
import io.umbel.launcher.identity.OwnToken;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The flags of every command that asks a gateway. */
final class ClientFlags extends SettingFlags {

  private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Ask this gateway (default: the one that \"up\" starts with the same settings).")
  private String url;

  /** A client of the gateway that is meant, with this process' own token for it. */
  McpClient client() {
    var boot = new Boot(this);
    var gateway = GatewayUrl.of(url, boot.settings());
    var vertx = boot.alone().vertx();
    var token = OwnToken.of(vertx, boot.settings(), boot.data(), gateway, TOKEN_LIFE);
    return new McpClient(vertx, gateway, token);
  }
}
