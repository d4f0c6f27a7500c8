package io.umbel.launcher.node;

import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.identity.Guarding;
import io.umbel.launcher.settings.AuthKey;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must not be started, however well it is configured. */
public final class Admission {

  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private Admission() {}

  /**
   * Refuses to serve HTTP where it is off, and to let others in where nobody is asked who they are.
   */
  public static void ofHttp(Settings settings) {
    ofAny(settings);
    if (!settings.flag(Key.ENABLE_HTTP)) {
      throw Refusal.switchedOff(Key.ENABLE_HTTP.key(), "up");
    }
    if (!isThisMachineOnly(settings)) {
      admitOthers(settings, settings.text(Key.HOST));
    }
  }

  /** Whether nobody but who is on this machine reaches the gateway. */
  public static boolean isThisMachineOnly(Settings settings) {
    var host = settings.text(Key.HOST);
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw Refusal.usage("umbel.host is \"" + host + "\", which is no address of this machine");
    }
  }

  private static void admitOthers(Settings settings, String host) {
    if (settings.flag(AuthKey.ALLOW_INSECURE)) {
      LOG.warn("mcp.allow.insecure is true: whoever reaches {} is not kept out well", host);
      return;
    }
    switch (Guarding.of(settings)) {
      case NOTHING -> throw Refusal.notLoopback(host);
      case DEVELOPMENT -> throw Refusal.developmentOnly(host);
      default -> {}
    }
  }

  /** Refuses to serve stdio where it is off. */
  public static void ofStdio(Settings settings) {
    ofAny(settings);
    if (!settings.flag(Key.ENABLE_STDIO)) {
      throw Refusal.switchedOff(Key.ENABLE_STDIO.key(), "stdio");
    }
  }

  /** Refuses to run with both transports off. */
  public static void ofAny(Settings settings) {
    if (!settings.flag(Key.ENABLE_HTTP) && !settings.flag(Key.ENABLE_STDIO)) {
      throw Refusal.nothingToServe();
    }
  }
}
