package io.umbel.launcher.command;

import io.umbel.launcher.node.Product;
import io.umbel.launcher.node.Role;
import io.umbel.launcher.node.Roles;
import io.umbel.launcher.settings.AuthKey;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a node says once it is ready.
 *
 * @param members the addresses of those in its cluster, with whom the bus was checked; none where
 *     it is in none
 * @param clients what it says to those who have a client
 */
record ReadyText(Settings settings, Roles roles, List<String> members, ClientText clients) {

  /** The text for a gateway on that port, or for a node without one where it is negative. */
  String on(int port) {
    var url = port < 0 ? null : GatewayUrl.of(settings, port);
    var head = "Umbel " + Product.version() + " is ready" + (url == null ? "" : " at " + url);
    return head + "\n\n" + cluster() + running()
        + (url == null ? noGateway() : clients.of(forClients(url)));
  }

  private String forClients(String url) {
    return settings.isGiven(AuthKey.PUBLIC_URL)
        ? settings.text(AuthKey.PUBLIC_URL) + settings.text(Key.PATH)
        : url;
  }

  private String cluster() {
    return members.isEmpty()
        ? ""
        : "  cluster   %s: %s; the bus works%n"
            .formatted(settings.text(Key.CLUSTER_NAME), String.join(", ", members));
  }

  private String running() {
    var providers = roles.providers().stream().map(this::line).collect(Collectors.joining());
    return (roles.withGateway() ? "  gateway   " + limits() + "\n" : "")
        + (roles.withRegistry() ? "  registry  upstream servers: ./umbel server list\n" : "")
        + providers;
  }

  /**
   * Two gateways that each count for themselves allow twice as much: better said than found out.
   */
  private String limits() {
    var where = settings.isGiven(Key.REDIS_URL)
        ? "counted at " + settings.shown().get(Key.REDIS_URL.key())
        : "counted by each gateway for itself; with umbel.redis.url, by all together";
    return "limits requests (rate.limit.rules), " + where;
  }

  private String line(Role role) {
    var tools = String.join(", ", roles.toolsOf(role));
    return "  %-9s %s".formatted(role.provider(), tools).stripTrailing() + "\n";
  }

  private static String noGateway() {
    return "\nThe gateways of this cluster offer what runs here.";
  }
}
