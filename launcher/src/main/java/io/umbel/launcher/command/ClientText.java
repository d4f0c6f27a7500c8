package io.umbel.launcher.command;

import io.umbel.launcher.identity.Guarding;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;

/**
 * What to paste into clients of a gateway that has just started.
 *
 * @param token that opens it, or null
 */
record ClientText(Settings settings, String token) {

  /** Unless its version is said, npx takes an Inspector as old as the Node.js that is there. */
  private static final String TEXT = """

      For an MCP client:

        {
          "mcpServers": {
            "umbel": { "type": "http", "url": "%1$s"%2$s }
          }
        }

      To look around:

        ./umbel tools%3$s
        npx -y -p node@24 -p @modelcontextprotocol/inspector@2 mcp-inspector --cli --method tools/list%4$s -- %1$s
      """;

  private static final String OPEN =
      "\n  Whoever reaches this machine's ports may call: " + "mcp.require.auth is false.\n";

  private static final String MINTED = "\n\nFor a token: ./umbel token --help";

  /** The text for the gateway at that URL. */
  String of(String url) {
    var snippet = TEXT.formatted(url, member(), flag(url), header()).stripTrailing();
    return (Guarding.of(settings) == Guarding.NOTHING ? OPEN : "") + snippet + minted();
  }

  /** Where this machine can make tokens but none is shown. */
  private String minted() {
    return switch (Guarding.of(settings)) {
      case DEVELOPMENT, SECRET -> token == null ? MINTED : "";
      default -> "";
    };
  }

  private String flag(String url) {
    var isDefault = url.equals(GatewayUrl.of(settings, settings.number(Key.PORT)))
        && !settings.isGiven(Key.PORT);
    return isDefault ? "" : " --url " + url;
  }

  private String member() {
    return token == null
        ? ""
        : ",\n                 \"headers\": { \"Authorization\": \"Bearer " + token + "\" }";
  }

  private String header() {
    return token == null ? "" : " \\\n    --header \"Authorization: Bearer " + token + "\"";
  }
}
