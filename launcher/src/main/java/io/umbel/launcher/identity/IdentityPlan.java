package io.umbel.launcher.identity;

import io.umbel.gateway.identity.Algorithm;
import io.umbel.gateway.identity.IdentitySettings;
import io.umbel.gateway.identity.IdentitySettings.Accounts;
import io.umbel.gateway.identity.IdentitySettings.Keys;
import io.umbel.gateway.identity.IdentitySettings.Resource;
import io.umbel.gateway.identity.IdentitySettings.Tokens;
import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.settings.AuthKey;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How the settings of this process say whom its gateway lets in. */
public final class IdentityPlan {

  private final Settings settings;
  private final Guarding guarding;

  private IdentityPlan(Settings settings) {
    this.settings = settings;
    this.guarding = Guarding.of(settings);
  }

  /**
   * The plan.
   *
   * @param data the directory of the development key, which is made where it is needed
   * @throws Refusal if the settings contradict each other
   */
  public static IdentitySettings of(Settings settings, Path data) {
    var plan = new IdentityPlan(settings);
    return plan.guarding == Guarding.NOTHING ? IdentitySettings.OFF : plan.with(data);
  }

  private IdentitySettings with(Path data) {
    check();
    return new IdentitySettings(
        true,
        new Tokens(issuer(), audiences(), algorithms()),
        new Accounts(settings.text(AuthKey.ACCOUNT_CLAIM), given(AuthKey.ACCOUNT)),
        keys(data),
        new Resource(
            settings.isGiven(AuthKey.PUBLIC_URL)
                ? URI.create(settings.text(AuthKey.PUBLIC_URL))
                : null,
            guarding == Guarding.PROVIDER ? List.of(issuer()) : List.of(),
            settings.texts(AuthKey.SCOPES)),
        given(AuthKey.TOKEN));
  }

  /** What would be ignored, or would let in whom nobody meant to. */
  private void check() {
    var hasIssuer = settings.isGiven(AuthKey.ISSUER);
    if (guarding == Guarding.PROVIDER && !hasIssuer) {
      throw Refusal.usage("umbel.auth.jwks.url is set, so umbel.auth.issuer has to say whose keys"
          + " these are: the iss of its tokens");
    }
    if (guarding == Guarding.DEVELOPMENT && hasIssuer) {
      throw Refusal.usage("umbel.auth.issuer is set, so umbel.auth.jwks.url has to say where its"
          + " keys are, or umbel.auth.secret what its tokens are signed with");
    }
    if (guarding == Guarding.PROVIDER) {
      checkUrl(URI.create(settings.text(AuthKey.JWKS_URL)));
      checkName();
    }
  }

  private static void checkUrl(URI url) {
    if (!"https".equals(url.getScheme()) && !isLoopback(url.getHost())) {
      throw Refusal.usage("umbel.auth.jwks.url is \"" + url
          + "\": keys that come by http could be anybody's; use https");
    }
  }

  /** Nobody can ask for a token for "any address". */
  private void checkName() {
    var host = settings.text(Key.HOST);
    if (!settings.isGiven(AuthKey.PUBLIC_URL) && (host.equals("0.0.0.0") || host.equals("::"))) {
      throw Refusal.usage("umbel.host is " + host
          + ", so umbel.public.url has to say under which URL clients reach the gateway");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return host != null && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private String issuer() {
    return guarding == Guarding.DEVELOPMENT ? DevelopmentKey.ISSUER : given(AuthKey.ISSUER);
  }

  /** Only a provider issues tokens for others too, so that it has to be asked whom they are for. */
  private Set<String> audiences() {
    var named = settings.texts(AuthKey.AUDIENCE);
    return guarding == Guarding.PROVIDER && named.isEmpty() ? null : Set.copyOf(named);
  }

  private Set<Algorithm> algorithms() {
    var allowed = EnumSet.noneOf(Algorithm.class);
    settings
        .texts(AuthKey.ALGORITHMS)
        .forEach(name -> allowed.add(Algorithm.of(name).orElseThrow()));
    if (settings.isGiven(AuthKey.SECRET)) {
      allowed.add(Algorithm.HS256);
    } else {
      allowed.remove(Algorithm.HS256);
    }
    return allowed;
  }

  private Keys keys(Path data) {
    return switch (guarding) {
      case PROVIDER -> new Keys(URI.create(settings.text(AuthKey.JWKS_URL)), secrets());
      case SECRET -> new Keys(null, secrets());
      default -> new Keys(null, List.of(new DevelopmentKey(data).publicJwk()));
    };
  }

  private List<JsonObject> secrets() {
    return settings.isGiven(AuthKey.SECRET)
        ? List.of(Minting.secret(settings.text(AuthKey.SECRET)))
        : List.of();
  }

  private String given(Key key) {
    return settings.isGiven(key) ? settings.text(key) : null;
  }
}
