package io.umbel.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Caller;
import io.umbel.contract.Node;
import io.umbel.contract.Reach;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.MovableClock;
import io.umbel.gateway.RunningGateway;
import io.umbel.gateway.identity.Identity.Registers;
import io.umbel.gateway.identity.IdentitySettings.Accounts;
import io.umbel.gateway.identity.IdentitySettings.Keys;
import io.umbel.gateway.identity.IdentitySettings.Tokens;
import io.umbel.gateway.wire.McpException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a good token stands for: what API keys and JSON Web Tokens say comes out alike. */
class TokensAndKeysTest {

  private static final IssuerKey KEY = IssuerKey.es256("k");
  private static final byte[] SECRET = "a secret of thirty-two characters".getBytes(UTF_8);

  private final Vertx vertx = Vertx.vertx();
  private final MovableClock clock = new MovableClock();
  private final Map<String, ApiKey> apiKeys = new HashMap<>();
  private final AtomicReference<Future<Boolean>> standing =
      new AtomicReference<>(Future.succeededFuture(true));
  private Identity identity;

  @BeforeEach
  void start() {
    new Node(Node.ALONE, RunningGateway.SECRET, clock, new Node.About("umbel", "1", "test"))
        .installOn(vertx);
    identity = trusting(new Keys(null, List.of(KEY.jwk())));
  }

  @AfterEach
  void stop() {
    identity.close();
    vertx.close().await();
  }

  @Test
  void aTokenSaysWhoseItIs() {
    var claims = claims()
        .put("scope", "tools kb:global")
        .put("scopes", JsonArray.of("extra"))
        .put("permissions", JsonArray.of("view_audit", "tools"))
        .put("role", "admin")
        .put("agent_id", "builder")
        .put("project_ids", JsonArray.of("p1", "p2"))
        .put("allowed_mcp_tools", JsonArray.of("add", JsonObject.of("tool_name", "search")));
    assertThat(who(KEY.sign(claims)))
        .isEqualTo(new Caller(
            "acme",
            "ann",
            null,
            "builder",
            Set.of("tools", "kb:global", "extra", "view_audit", "admin"),
            new Reach(Set.of("add", "search"), Set.of("p1", "p2"))));
  }

  @Test
  void aTokenThatSaysLittleAllowsLittle() {
    var claims = claims();
    claims.remove("scope");
    assertThat(who(KEY.sign(claims.put("role", "guest"))))
        .isEqualTo(new Caller("acme", "ann", null, null, Set.of()));
  }

  @Test
  void aTokenOfOneProjectIsBoundToIt() {
    var alone = new Reach(null, Set.of("p"));
    for (var claims : List.of(
        claims().put("project_ids", JsonArray.of("p")),
        claims().put("project_id", "p"),
        claims().put("project_id", "p").put("project_ids", JsonArray.of("p", "q")))) {
      var caller = who(KEY.sign(claims));
      assertThat(caller.project()).isEqualTo("p");
      assertThat(caller.reach()).isEqualTo(alone);
    }
  }

  @Test
  void anEmptyListIsNothingAndNoListIsNoLimit() {
    var none =
        claims().put("allowed_mcp_tools", new JsonArray()).put("project_ids", new JsonArray());
    assertThat(who(KEY.sign(none)).reach()).isEqualTo(new Reach(Set.of(), Set.of()));
    assertThat(who(KEY.sign(claims())).reach()).isEqualTo(Reach.ALL);
  }

  @Test
  void anAudienceMayBeOneOfSeveral() {
    var audiences = JsonArray.of("https://other.example", TestIssuer.AUDIENCE);
    assertThat(who(KEY.sign(claims().put("aud", audiences))).subject()).isEqualTo("ann");
  }

  @Test
  void aTokenIsGoodUntilHalfAMinuteAfterItsEndAndFromHalfAMinuteBeforeItsBeginning() {
    var now = clock.millis() / 1000;
    var token = KEY.sign(claims().put("exp", now + 10).put("nbf", now + 30).put("iat", now + 30));
    assertThat(who(token).subject()).isEqualTo("ann");
    clock.move(Duration.ofSeconds(39));
    assertThat(who(token).subject()).isEqualTo("ann");
    clock.move(Duration.ofSeconds(1));
    assertRefused(token);
  }

  @Test
  void aTokenFromTheFutureIsNotGoodYet() {
    var now = clock.millis() / 1000;
    var token = KEY.sign(claims().put("nbf", now + 31));
    assertRefused(token);
    clock.move(Duration.ofSeconds(1));
    assertThat(who(token).subject()).isEqualTo("ann");
  }

  @Test
  void aTokenWithoutAnAccountIsForTheOneThatIsConfiguredOrForNone() {
    var claims = claims();
    claims.remove("account_id");
    assertRefused(KEY.sign(claims));
    identity.close();
    var settings = settings(new Keys(null, List.of(KEY.jwk())));
    identity = identity(new IdentitySettings(
        true,
        settings.tokens(),
        new Accounts("https://acme.example/tenant", "house"),
        settings.keys(),
        settings.resource(),
        null));
    assertThat(who(KEY.sign(claims)).account()).isEqualTo("house");
    claims.put("https://acme.example/tenant", "guests");
    assertThat(who(KEY.sign(claims)).account()).isEqualTo("guests");
  }

  @Test
  void aSharedSecretIsGoodOnlyWhereOneIsConfigured() {
    var token = IssuerKey.hs256(null, SECRET).sign(claims());
    assertRefused(token);
    identity.close();
    identity = trusting(new Keys(null, List.of(IssuerKey.hs256(null, SECRET).jwk())));
    assertThat(who(token).subject()).isEqualTo("ann");
    assertRefused(KEY.sign(claims()));
  }

  @Test
  void aSharedSecretOfLessThanThirtyTwoBytesIsNone() {
    var weak =
        IssuerKey.hs256(null, "only thirty-one bytes long, alas".substring(1).getBytes(UTF_8));
    identity.close();
    identity = trusting(new Keys(null, List.of(weak.jwk())));
    assertThat(identity.isReady()).isFalse();
    assertRefused(weak.sign(claims()));
  }

  @Test
  void anAlgorithmThatTheOperatorTookAwayIsRefused() {
    var settings = settings(new Keys(null, List.of(KEY.jwk())));
    identity.close();
    identity = identity(new IdentitySettings(
        true,
        new Tokens(TestIssuer.ISSUER, Set.of(), EnumSet.of(Algorithm.RS256)),
        settings.accounts(),
        settings.keys(),
        settings.resource(),
        null));
    assertRefused(KEY.sign(claims()));
  }

  @Test
  void aTokenWithoutADotIsAnApiKeyFoundByItsHash() {
    var reach = new Reach(Set.of(), null);
    var caller = new Caller("acme", "robot", "p", "builder", Set.of("tools"), reach);
    apiKeys.put(sha256("umbel_key_1"), new ApiKey("1", caller, Long.MAX_VALUE));
    assertThat(who("umbel_key_1")).isEqualTo(caller);
    assertRefused("umbel_key_2");
    apiKeys.clear();
    assertRefused("umbel_key_1");
  }

  @Test
  void anApiKeyThatHasExpiredIsRefusedEvenIfItIsFound() {
    var caller = new Caller("acme", "robot", null, null, Set.of());
    apiKeys.put(sha256("key"), new ApiKey("1", caller, clock.millis() + 1));
    assertThat(who("key")).isEqualTo(caller);
    clock.move(Duration.ofMillis(1));
    assertRefused("key");
  }

  @Test
  void whoeverIsNoLongerWelcomeIsRefusedAtOnce() {
    var token = KEY.sign(claims());
    assertThat(who(token).subject()).isEqualTo("ann");
    standing.set(Future.succeededFuture(false));
    assertRefused(token);
  }

  @Test
  void whatCannotBeKnownIsNeitherAdmittedNorCalledBad() {
    var token = KEY.sign(claims());
    standing.set(Future.failedFuture("the database is away"));
    assertThat(status(token)).isEqualTo(503);
    apiKeys.put(sha256("away"), null);
    assertThat(status("away")).isEqualTo(503);
  }

  @Test
  void theSchemeIsSpelledAnyWay() {
    var token = KEY.sign(claims());
    for (var scheme : new String[] {"Bearer ", "bearer ", "BEARER ", "bEaReR   "}) {
      assertThat(identity.identify(List.of(scheme + token)).await().caller().subject())
          .isEqualTo("ann");
    }
  }

  private Identity trusting(Keys keys) {
    return identity(settings(keys));
  }

  private static IdentitySettings settings(Keys keys) {
    return TestIssuer.guards(keys).identity();
  }

  private Identity identity(IdentitySettings settings) {
    var resource = new ProtectedResource(GatewaySettings.defaults());
    return Identity.of(vertx, settings, resource, new Registers(this::find, who -> standing.get()));
  }

  private Future<Optional<ApiKey>> find(String hash) {
    return apiKeys.containsKey(hash) && apiKeys.get(hash) == null
        ? Future.failedFuture("the database is away")
        : Future.succeededFuture(Optional.ofNullable(apiKeys.get(hash)));
  }

  private JsonObject claims() {
    var now = clock.millis() / 1000;
    return TestIssuer.claims("acme", "ann").put("iat", now).put("exp", now + 600);
  }

  private Caller who(String token) {
    return identity.identify(List.of("Bearer " + token)).await().caller();
  }

  private void assertRefused(String token) {
    assertThat(status(token)).isEqualTo(401);
  }

  private int status(String token) {
    try {
      identity.identify(List.of("Bearer " + token)).await();
      return 200;
    } catch (McpException e) {
      return e.status();
    }
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
