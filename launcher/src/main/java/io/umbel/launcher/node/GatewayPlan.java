package io.umbel.launcher.node;

import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.GatewaySettings.Limits;
import io.umbel.gateway.GatewaySettings.Listening;
import io.umbel.gateway.GatewaySettings.Lists;
import io.umbel.gateway.GatewaySettings.Trust;
import io.umbel.gateway.Guards;
import io.umbel.gateway.access.AccessSettings;
import io.umbel.gateway.access.Role;
import io.umbel.gateway.access.TagScopes;
import io.umbel.gateway.audit.AuditSettings;
import io.umbel.gateway.catalog.Visibility;
import io.umbel.gateway.limits.AddressRange;
import io.umbel.gateway.limits.RateSettings;
import io.umbel.gateway.limits.RateSettings.Redis;
import io.umbel.gateway.limits.Rules;
import io.umbel.launcher.identity.IdentityPlan;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** How the settings of this process set up its gateway. */
public final class GatewayPlan {

  private static final int NO_PORT = -1;

  private final Settings settings;
  private final Path data;

  /**
   * A plan by these settings.
   *
   * @param data where this process keeps what must outlive it
   */
  public GatewayPlan(Settings settings, Path data) {
    this.settings = settings;
    this.data = data;
  }

  /**
   * Finds out before anything runs whether there is one.
   *
   * @throws io.umbel.launcher.exit.Refusal if the settings contradict each other
   */
  public void check() {
    IdentityPlan.of(settings, data);
  }

  /** A gateway over HTTP. */
  public GatewaySettings overHttp(Set<String> expected) {
    return with(settings.number(Key.PORT), expected);
  }

  /** A gateway over stdin and stdout. */
  public GatewaySettings overStdio(Set<String> expected) {
    return with(NO_PORT, expected);
  }

  private Guards guards() {
    return Guards.defaults()
        .identifying(IdentityPlan.of(settings, data))
        .accessing(access())
        .limiting(rates())
        .auditing(AuditSettings.USUAL.failingClosed(settings.flag(Key.AUDIT_FAIL_CLOSED)));
  }

  private AccessSettings access() {
    var role = Role.of(settings.text(Key.DESTRUCTIVE_ROLE)).orElse(Role.ADMIN);
    return new AccessSettings(TagScopes.of(settings.texts(Key.TAG_SCOPES)), role);
  }

  private RateSettings rates() {
    var url = settings.textOrNull(Key.REDIS_URL);
    var open = settings.text(Key.RATE_FAIL).equals("open");
    return new RateSettings(
        Rules.of(settings.texts(Key.RATE_RULES)),
        url == null ? null : new Redis(url, settings.textOrNull(Key.REDIS_CA), open),
        settings.texts(Key.TRUSTED_PROXIES).stream().map(AddressRange::of).toList());
  }

  private GatewaySettings with(int port, Set<String> expected) {
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
        guards());
  }
}
