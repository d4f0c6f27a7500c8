package io.umbel.gateway.identity;

import static io.umbel.gateway.TwoGateways.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.identity.IdentitySettings.Keys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An identity provider's keys: they change, they come late, and the provider goes away. */
class PublishedKeysTest {

  private static final IssuerKey FIRST = IssuerKey.es256("first");
  private static final IssuerKey SECOND = IssuerKey.rs256("second");
  private static final Duration LONG = Duration.ofMinutes(5);

  private final TestIssuer issuer = new TestIssuer(FIRST);
  private Asked gateway;

  @AfterEach
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
    issuer.close();
  }

  @Test
  void aKeyThatIsNewIsReadWhenATokenNamesIt() {
    start(Duration.ofMillis(1));
    assertThat(status(FIRST)).isEqualTo(200);
    assertThat(issuer.asked()).isEqualTo(1);
    issuer.publish(SECOND);
    assertThat(status(SECOND)).isEqualTo(200);
    assertThat(issuer.asked()).isEqualTo(2);
  }

  @Test
  void aKeyThatWasTakenAwayIsNoLongerGood() {
    start(Duration.ofMillis(1));
    assertThat(status(FIRST)).isEqualTo(200);
    issuer.publish(SECOND);
    assertThat(status(SECOND)).isEqualTo(200);
    assertThat(status(FIRST)).isEqualTo(401);
  }

  @Test
  void keysThatNobodyKnowsAreNotAskedForAgainAndAgain() {
    start(LONG);
    for (int i = 0; i < 20; i++) {
      assertThat(status(IssuerKey.hs256("other" + i, new byte[32]))).isEqualTo(401);
    }
    assertThat(status(IssuerKey.es256("other"))).isEqualTo(401);
    assertThat(issuer.asked()).isEqualTo(1);
  }

  @Test
  void manyWhoWaitForTheSameKeysAskOnce() {
    start(Duration.ofMillis(1));
    issuer.publish(SECOND);
    var held = new CountDownLatch(1);
    issuer.hold(held);
    var before = issuer.asked();
    var all = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int i = 0; i < 10; i++) {
      var token = SECOND.sign(TestIssuer.claims("acme", "user" + i));
      all.add(CompletableFuture.supplyAsync(() -> gateway.callWith(token)));
    }
    until(() -> issuer.asked() > before);
    held.countDown();
    all.forEach(one -> assertThat(one.join().statusCode()).isEqualTo(200));
    assertThat(issuer.asked()).isEqualTo(before + 1);
  }

  @Test
  void keysStayGoodWhileTheProviderIsAway() {
    start(Duration.ofMillis(1));
    issuer.say(500, "broken");
    assertThat(status(SECOND)).isEqualTo(503); // it may be good: nobody can say
    assertThat(status(FIRST)).isEqualTo(200);
    assertThat(ready().statusCode()).isEqualTo(200);
  }

  @Test
  void aGatewayWhoseProviderIsAwayStartsAndSaysSoAndRecovers() {
    issuer.say(503, "later");
    start(Duration.ofMillis(1));
    assertThat(ready().statusCode()).isEqualTo(503);
    assertThat(
            new JsonObject(ready().body()).getJsonObject("dependencies").getJsonObject("identity"))
        .isEqualTo(JsonObject.of("ok", false, "error", "no key to check tokens with"));
    var answer = call(FIRST);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(answer.body()).contains("Tokens cannot be checked at the moment: try again");
    assertThat(gateway.call().statusCode()).isEqualTo(401);
    issuer.publish(FIRST);
    until(() -> ready().statusCode() == 200);
    assertThat(status(FIRST)).isEqualTo(200);
  }

  @Test
  void keysThatCannotBeUsedAreSkipped() {
    var odd = new JsonArray()
        .add("text")
        .add(new JsonObject())
        .add(JsonObject.of("kty", "RSA"))
        .add(JsonObject.of("kty", "EC", "crv", "P-256", "x", "!", "y", 1))
        .add(JsonObject.of("kty", "quantum", "kid", "q"))
        .add(IssuerKey.rsa("weak", 1024).jwk())
        .add(IssuerKey.hs256("shared", new byte[32]).jwk())
        .add(SECOND.jwk().put("use", "enc"))
        .add(SECOND.jwk().put("kid", "third").put("alg", "RSA-OAEP"))
        .add(FIRST.jwk());
    issuer.say(200, JsonObject.of("keys", odd).encode());
    start(LONG);
    assertThat(status(FIRST)).isEqualTo(200);
    assertThat(status(SECOND)).isEqualTo(401);
    assertThat(status(IssuerKey.hs256("shared", new byte[32]))).isEqualTo(401);
    assertThat(status(IssuerKey.hs256(null, new byte[32]))).isEqualTo(401);
  }

  @Test
  void anAnswerThatIsNoKeySetIsNone() {
    for (var answer :
        new String[] {"", "null", "[]", "{}", "{\"keys\":7}", "{\"keys\":[]}", "<a>"}) {
      issuer.say(200, answer);
      start(Duration.ofMillis(1));
      assertThat(status(FIRST)).as(answer).isEqualTo(503);
      gateway.close();
    }
  }

  @Test
  void anAnswerWithoutEndIsNotReadToIt() {
    issuer.say(200, "{\"keys\":[" + " ".repeat(300_000) + FIRST.jwk().encode() + "]}");
    start(LONG);
    assertThat(status(FIRST)).isEqualTo(503);
  }

  @Test
  void aProviderThatSendsElsewhereIsNotFollowed() {
    gateway = new Asked(TestIssuer.guards(new Keys(issuer.url("/moved"), List.of(), LONG, LONG)));
    assertThat(status(FIRST)).isEqualTo(503);
    assertThat(issuer.asked()).isZero();
  }

  @Test
  void aTokenWithoutAKeyIdIsTriedWithTheKeysOfItsKind() {
    issuer.publish(SECOND, IssuerKey.es256("other"), FIRST);
    start(LONG);
    var claims = TestIssuer.claims("acme", "ann");
    var token = FIRST.sign(new JsonObject().putNull("kid"), claims);
    assertThat(gateway.callWith(token).statusCode()).isEqualTo(200);
  }

  private void start(Duration pause) {
    gateway = new Asked(TestIssuer.guards(new Keys(issuer.url(), List.of(), LONG, pause)));
  }

  private HttpResponse<String> ready() {
    return gateway.gateway().send(HttpRequest.newBuilder(gateway.gateway().uri("/health/ready")));
  }

  private HttpResponse<String> call(IssuerKey key) {
    return gateway.callWith(key.sign(TestIssuer.claims("acme", "ann")));
  }

  private int status(IssuerKey key) {
    return call(key).statusCode();
  }
}
