package io.umbel.launcher.command;

import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import java.net.URI;

/** Where a gateway's MCP endpoint is. */
final class GatewayUrl {

  private GatewayUrl() {}

  /** The endpoint of a gateway with these settings on that port. */
  static String of(Settings settings, int port) {
    var host = settings.text(Key.HOST);
    var shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return "http://" + shown + ":" + port + settings.text(Key.PATH);
  }

  /** The endpoint that was named, else that of the settings. */
  static URI of(String named, Settings settings) {
    return parse(named == null ? of(settings, settings.number(Key.PORT)) : named);
  }

  /**
   * That text as an endpoint.
   *
   * @throws Refusal if it is no http or https URL
   */
  static URI parse(String text) {
    try {
      var url = URI.create(text);
      if (url.getHost() != null && String.valueOf(url.getScheme()).matches("https?")) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw Refusal.usage(
        "--url is \"" + text + "\"; expected a URL such as http://127.0.0.1:8080/mcp");
  }
}
