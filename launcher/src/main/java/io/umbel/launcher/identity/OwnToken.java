package io.umbel.launcher.identity;

import io.umbel.launcher.settings.AuthKey;
import io.umbel.launcher.settings.Settings;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;

/** The token with which this process asks a gateway. */
public final class OwnToken {

  private OwnToken() {}

  /**
   * The one that is configured; else, for a gateway on this machine that is guarded by what lies in
   * this data directory, a new one of the local user; else null.
   *
   * @param life how long it is needed
   */
  public static String of(Vertx vertx, Settings settings, Path data, URI gateway, Duration life) {
    if (settings.isGiven(AuthKey.TOKEN)) {
      return settings.text(AuthKey.TOKEN);
    }
    return isHere(gateway) && hasKey(settings, data)
        ? new Minting(vertx, settings, data).token(Wanted.local(life))
        : null;
  }

  private static boolean hasKey(Settings settings, Path data) {
    return switch (Guarding.of(settings)) {
      case DEVELOPMENT -> new DevelopmentKey(data).exists();
      case SECRET -> true;
      default -> false;
    };
  }

  /** Nobody on another machine is shown what opens this one's door. */
  private static boolean isHere(URI gateway) {
    try {
      return InetAddress.getByName(gateway.getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
