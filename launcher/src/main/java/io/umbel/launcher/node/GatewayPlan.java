package io.umbel.launcher.node;

import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.GatewaySettings.Limits;
import io.umbel.gateway.GatewaySettings.Listening;
import io.umbel.gateway.GatewaySettings.Lists;
import io.umbel.gateway.GatewaySettings.Trust;
import io.umbel.gateway.Guards;
import io.umbel.gateway.audit.AuditSettings;
import io.umbel.gateway.catalog.Visibility;
import io.umbel.gateway.limits.AddressRange;
import io.umbel.gateway.limits.RateSettings;
import io.umbel.gateway.limits.RateSettings.Redis;
import io.umbel.gateway.limits.Rules;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import java.time.Duration;
import java.util.Set;

/** How the settings of this process set up its gateway. */
public final class GatewayPlan {

  private static final int NO_PORT = -1;

  private GatewayPlan() {}

  /** A gateway over HTTP. */
  public static GatewaySettings overHttp(Settings settings, Set<String> expected) {
    return with(settings, settings.number(Key.PORT), expected);
  }

  /** A gateway over stdin and stdout. */
  public static GatewaySettings overStdio(Settings settings, Set<String> expected) {
    return with(settings, NO_PORT, expected);
  }

  private static RateSettings rates(Settings settings) {
    var url = settings.textOrNull(Key.REDIS_URL);
    var open = settings.text(Key.RATE_FAIL).equals("open");
    return new RateSettings(
        Rules.of(settings.texts(Key.RATE_RULES)),
        url == null ? null : new Redis(url, settings.textOrNull(Key.REDIS_CA), open),
        settings.texts(Key.TRUSTED_PROXIES).stream().map(AddressRange::of).toList());
  }

  private static GatewaySettings with(Settings settings, int port, Set<String> expected) {
    return new GatewaySettings(
        new Listening(settings.text(Key.HOST), port, settings.text(Key.PATH)),
        new Trust(settings.texts(Key.ALLOWED_ORIGINS), settings.texts(Key.ALLOWED_HOSTS)),
        new Limits(
            settings.number(Key.MAX_BODY),
            settings.number(Key.MAX_RESULT),
            Duration.ofSeconds(settings.number(Key.REQUEST_TIMEOUT)),
            Duration.ofHours(settings.number(Key.SESSION_HOURS)),
            settings.number(Key.MAX_STREAMS)),
        new Lists(
            settings.number(Key.LIST_PAGE),
            Duration.ofSeconds(settings.number(Key.LIST_KEEP)),
            Visibility.of(settings.texts(Key.VISIBILITY))),
        expected,
        Guards.defaults()
            .limiting(rates(settings))
            .auditing(AuditSettings.USUAL.failingClosed(settings.flag(Key.AUDIT_FAIL_CLOSED))));
  }
}
