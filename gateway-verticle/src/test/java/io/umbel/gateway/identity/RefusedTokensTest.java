package io.umbel.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.RawConnection;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a token is nobody's business: all of them are refused in the same words. */
class RefusedTokensTest {

  private static final byte[] SECRET = "a secret of thirty-two characters".getBytes(UTF_8);
  private static final IssuerKey RSA = IssuerKey.rs256("rsa");
  private static final IssuerKey EC = IssuerKey.es256("ec");
  private static final IssuerKey ED = IssuerKey.edDsa("ed");
  private static final IssuerKey STRANGER = IssuerKey.rs256("rsa");
  private static TestIssuer issuer;
  private static Asked gateway;

  @BeforeAll
  static void start() {
    issuer = new TestIssuer(RSA, EC, ED);
    gateway = new Asked(issuer.guards());
  }

  @AfterAll
  static void stop() {
    gateway.close();
    issuer.close();
  }

  @Test
  void noTokenIsRefusedWithTheWayToOne() {
    assertRefused();
    var refused = gateway.call();
    assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue(Asked.CHALLENGE);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(refused.body()).doesNotContain("who");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Basic dTpw",
        "Bearer a b",
        "Bearer ü.ü.ü",
        "Bearer .",
        "Bearer ..",
        "Bearer a.b",
        "Bearer a.b.c",
        "Bearer a.b.c.d",
        "Bearer e30.e30.e30",
        "Bearer bnVsbA.bnVsbA.bnVsbA",
        "Bearer no-such-api-key",
        "Bearer a.b.c, Bearer d.e.f",
        "Token x.y.z"
      })
  void whatIsNoBearerTokenIsRefused(String header) {
    assertRefused("Authorization", header);
  }

  @ParameterizedTest
  @CsvSource({"rsa", "ec", "ed"})
  void aTokenOfEachKindIsGoodToBeginWith(String kid) {
    assertThat(gateway.who(key(kid).sign(good())).getString("subject")).isEqualTo("ann");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", "", "HS384", "RS512", "PS256", "ES512"})
  void anAlgorithmThatIsNotAllowedIsRefused(String algorithm) {
    var token = RSA.sign(JsonObject.of("alg", algorithm), good());
    assertTokenRefused(token);
    assertTokenRefused(token.substring(0, token.lastIndexOf('.') + 1));
    assertTokenRefused(token.substring(0, token.lastIndexOf('.')));
  }

  @Test
  void aPublicKeyIsNobodysSecret() {
    for (var key : new IssuerKey[] {RSA, EC, ED}) {
      for (var secret : secretsOf(key)) {
        assertTokenRefused(IssuerKey.hs256(key.kid(), secret).sign(good()));
        assertTokenRefused(IssuerKey.hs256(null, secret).sign(good()));
      }
    }
  }

  private static byte[][] secretsOf(IssuerKey key) {
    var pem = "-----BEGIN PUBLIC KEY-----\n"
        + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.publicBytes())
        + "\n-----END PUBLIC KEY-----\n";
    return new byte[][] {
      key.publicBytes(),
      pem.getBytes(UTF_8),
      pem.strip().getBytes(UTF_8),
      key.jwk().encode().getBytes(UTF_8),
      SECRET
    };
  }

  @Test
  void aTokenOfOneKeyIsNotOneOfAnother() {
    assertTokenRefused(STRANGER.sign(good()));
    assertTokenRefused(RSA.sign(JsonObject.of("kid", "ec"), good()));
    assertTokenRefused(EC.sign(JsonObject.of("alg", "RS256", "kid", "rsa"), good()));
    assertTokenRefused(ED.sign(JsonObject.of("alg", "ES256", "kid", "ec"), good()));
    assertTokenRefused(RSA.sign(JsonObject.of("kid", "../../dev/null"), good()));
    assertTokenRefused(RSA.sign(JsonObject.of("kid", 7), good()));
    assertTokenRefused(RSA.sign(JsonObject.of("kid", "x".repeat(300)), good()));
  }

  @Test
  void aKeyThatTheTokenBringsItselfIsNotLookedAt() {
    assertTokenRefused(STRANGER.sign(JsonObject.of("jwk", STRANGER.jwk()), good()));
    assertTokenRefused(
        STRANGER.sign(JsonObject.of("jku", issuer.url().toString(), "kid", "other"), good()));
  }

  @Test
  void whatAHeaderDemandsBeyondOurKnowledgeIsRefused() {
    assertTokenRefused(RSA.sign(JsonObject.of("crit", JsonArray.of("exp")), good()));
    assertTokenRefused(RSA.sign(JsonObject.of("b64", false), good()));
    assertTokenRefused(RSA.sign(JsonObject.of("typ", "logout+jwt"), good()));
    assertTokenRefused(RSA.sign(JsonObject.of("typ", 1), good()));
  }

  @Test
  void eachClaimThatIsMissingWrongOrOfAnotherTypeIsRefused() {
    for (var spoiled : spoiledClaims().entrySet()) {
      var claims = good();
      spoiled.getValue().accept(claims);
      var answer = gateway.callWith(RSA.sign(claims));
      assertThat(answer.statusCode()).as(spoiled.getKey()).isEqualTo(401);
      assertThat(answer.body()).as(spoiled.getKey()).isEqualTo(Asked.REFUSAL);
    }
  }

  private static Map<String, Consumer<JsonObject>> spoiledClaims() {
    var now = System.currentTimeMillis() / 1000;
    var all = new LinkedHashMap<String, Consumer<JsonObject>>();
    for (var claim : new String[] {"exp", "sub", "iss", "aud", "account_id"}) {
      all.put("no " + claim, claims -> claims.remove(claim));
      all.put(claim + " of another type", claims -> claims.put(claim, new JsonObject()));
    }
    set(all, "exp", now - 31, 0, -1, "" + (now + 600), 1e300, Double.NaN);
    set(all, "nbf", now + 60, "now");
    set(all, "iat", now + 60, true);
    set(
        all,
        "iss",
        "https://issuer.example/",
        "https://other.example",
        JsonArray.of(TestIssuer.ISSUER));
    set(
        all,
        "aud",
        "https://other.example/mcp",
        "https://gateway.example",
        new JsonArray(),
        JsonArray.of(1));
    set(all, "sub", "", "a\nb", "x".repeat(257), 1);
    set(all, "account_id", "", 5, "a\u0000b", "*");
    set(all, "refresh", true, "false", 1);
    set(all, "type", "refresh", "id", 1);
    set(all, "typ", "Refresh", "ID", "Offline");
    set(all, "token_use", "id");
    set(all, "cnf", JsonObject.of("jkt", "x"));
    set(all, "scope", JsonArray.of("admin"), 1);
    set(all, "scopes", "admin", JsonArray.of(1));
    set(all, "permissions", "all", JsonArray.of(new JsonObject()));
    set(all, "role", JsonArray.of("admin"));
    set(all, "agent_id", 1, "", JsonArray.of("a"));
    set(all, "project_id", 1, "");
    set(all, "project_ids", "p", JsonArray.of(1));
    set(all, "allowed_mcp_tools", "who", JsonArray.of(1), JsonArray.of(new JsonObject()));
    all.put(
        "a project beside its projects",
        claims -> claims.put("project_id", "p").put("project_ids", JsonArray.of("q", "r")));
    return all;
  }

  private static void set(Map<String, Consumer<JsonObject>> all, String claim, Object... values) {
    for (var value : values) {
      if (!(value instanceof Double number && number.isNaN())) {
        all.put(claim + " is " + value, claims -> claims.put(claim, value));
      }
    }
  }

  /** Defect 2 of the originals. */
  @Test
  void aRefreshTokenIsNoAccessToken() {
    assertTokenRefused(RSA.sign(good().put("refresh", true)));
    assertTokenRefused(RSA.sign(good().put("type", "refresh")));
  }

  @Test
  void aTokenOfAHundredKilobytesIsRefused() {
    var large = RSA.sign(good().put("padding", "x".repeat(9_000)));
    assertTokenRefused(large);
    assertTokenRefused("a".repeat(9_000));
    try (var connection = new RawConnection(gateway.gateway().port())) {
      var answer = connection
          .send(RawConnection.post(
              new byte[0],
              "Host: localhost",
              "Content-Type: application/json",
              "Authorization: Bearer " + "a".repeat(100_000)))
          .read();
      assertThat(answer.status()).isEqualTo(431); // beyond all headers, before anything is asked
    }
  }

  @Test
  void aTokenThatIsCutOffAnywhereIsRefused() {
    var token = RSA.sign(good());
    for (int length = 0; length < token.length(); length += 1 + length / 20) {
      assertTokenRefused(token.substring(0, length));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec", "ed"})
  void aTokenThatIsAlteredAnywhereIsRefused(String kid) {
    var token = key(kid).sign(good());
    var from = ThreadLocalRandom.current().nextInt(5);
    for (int at = from; at < token.length(); at += 5) {
      assertTokenRefused(altered(token, at));
    }
    assertTokenRefused(altered(token, token.length() - 1));
    assertTokenRefused(token + "A");
    assertTokenRefused(token + "=");
    assertTokenRefused(token + ".");
    assertTokenRefused(lastCharacterInAnotherSpelling(token));
  }

  private static String altered(String token, int at) {
    var other = token.charAt(at) == 'A' ? 'B' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }

  /** The last character of a signature has bits that mean nothing. */
  private static String lastCharacterInAnotherSpelling(String token) {
    var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    var last = alphabet.indexOf(token.charAt(token.length() - 1));
    return token.substring(0, token.length() - 1) + alphabet.charAt(last ^ 1);
  }

  @Test
  void twoAuthorizationHeadersAreNone() {
    var token = RSA.sign(good());
    try (var connection = new RawConnection(gateway.gateway().port())) {
      var answer = connection
          .send(RawConnection.post(
              Asked.body(new JsonObject()).getBytes(UTF_8),
              "Host: localhost",
              "Content-Type: application/json",
              "Authorization: Bearer " + token,
              "authorization: Bearer " + token))
          .read();
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.body()).isEqualTo(Asked.REFUSAL);
    }
  }

  @Test
  void aTokenAnywhereButInTheHeaderIsNotLookedAt() {
    var token = RSA.sign(good());
    for (var query : new String[] {"access_token", "token", "authorization"}) {
      var uri = gateway.gateway().uri("/mcp?" + query + "=" + token);
      var request = HttpRequest.newBuilder(uri)
          .header("Content-Type", "application/json")
          .header("Cookie", "access_token=" + token)
          .header("X-Api-Key", token)
          .POST(BodyPublishers.ofString(Asked.body(JsonObject.of("token", token))));
      var answer = gateway.gateway().send(request);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).isEqualTo(Asked.REFUSAL);
    }
  }

  private static IssuerKey key(String kid) {
    return switch (kid) {
      case "rsa" -> RSA;
      case "ec" -> EC;
      default -> ED;
    };
  }

  private static JsonObject good() {
    return TestIssuer.claims("acme", "ann");
  }

  private static void assertTokenRefused(String token) {
    assertRefused("Authorization", "Bearer " + token);
  }

  private static void assertRefused(String... headers) {
    var answer = gateway.call(headers);
    assertThat(answer.statusCode()).as(String.join(" ", headers)).isEqualTo(401);
    assertThat(answer.body()).isEqualTo(Asked.REFUSAL);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue(Asked.CHALLENGE);
  }
}
