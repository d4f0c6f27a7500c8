package io.umbel.launcher.command;

import io.umbel.launcher.client.McpClient;
import picocli.CommandLine.Option;

/** The flags of every command that asks a gateway. */
final class ClientFlags extends SettingFlags {

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Ask this gateway (default: the one that \"up\" starts with the same settings).")
  private String url;

  /** A client of the gateway that is meant; a bearer token is taken from {@code MCP_TOKEN}. */
  McpClient client() {
    var boot = new Boot(this);
    var gateway = GatewayUrl.of(url, boot.settings());
    return new McpClient(boot.alone().vertx(), gateway, System.getenv("MCP_TOKEN"));
  }
}
