package io.umbel.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Node;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.RunningGateway;
import io.umbel.gateway.identity.Identity.Registers;
import io.umbel.gateway.identity.IdentitySettings.Keys;
import io.umbel.gateway.wire.McpException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of tokens whose signatures are slow to check only so many wait. */
class FloodTest {

  private static final int MOST_WAITING = 1_024;

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private Identity identity;

  @BeforeEach
  void start() {
    new Node(Node.ALONE, RunningGateway.SECRET, Clock.systemUTC(), new Node.About("u", "1", "t"))
        .installOn(vertx);
    var keys = new Keys(null, List.of(GuessingTest.KEY.jwk()));
    identity = Identity.of(
        vertx,
        TestIssuer.guards(keys).identity(),
        new ProtectedResource(GatewaySettings.defaults()),
        Registers.NONE);
  }

  @AfterEach
  void stop() {
    identity.close();
    vertx.close().await();
  }

  @Test
  void whatIsTooMuchIsToldToComeBackAndTheRestIsJudged() {
    var known = GuessingTest.good("ann");
    ask(known).await();
    var tokens =
        IntStream.range(0, 3 * MOST_WAITING).mapToObj(GuessingTest::forged).toList();
    var asked = Promise.<List<Future<Identified>>>promise();
    loop.runOnContext(go -> asked.complete(flood(tokens, known)));
    var all = asked.future().await();
    assertThat(all.get(tokens.size()).succeeded()).as("whoever is known").isTrue();
    Future.join(all).otherwiseEmpty().await();
    var refusals = all.subList(0, tokens.size()).stream()
        .map(one -> (McpException) one.cause())
        .toList();
    var judged = refusals.stream().filter(why -> why.status() == 401).count();
    var turnedAway = refusals.stream().filter(why -> why.status() == 503).toList();
    // Few are done while others come.
    assertThat(judged).isBetween((long) MOST_WAITING, MOST_WAITING + 100L);
    assertThat(turnedAway).hasSize(tokens.size() - (int) judged);
    assertThat(turnedAway).allMatch(why -> "5".equals(why.headers().get("Retry-After")));
    assertThat(ask(GuessingTest.good("bob")).await().caller().subject()).isEqualTo("bob");
  }

  @Test
  void whoMayNotVerifyIsToldSoUnlessTheTokenIsKnown() {
    var token = List.of("Bearer " + GuessingTest.good("ann"));
    var refused = identity.identify(token, FloodTest::never);
    assertThat(((McpException) refused.cause()).status()).isEqualTo(429);
    identity.identify(token).await();
    assertThat(identity.identify(token, FloodTest::never).succeeded()).isTrue();
    assertThat(identity.identify(List.of("Bearer key"), FloodTest::never).cause())
        .isInstanceOfSatisfying(
            McpException.class, why -> assertThat(why.status()).isEqualTo(401));
  }

  private static Future<Void> never() {
    return Future.failedFuture(McpException.rateLimited(Duration.ofSeconds(7)));
  }

  private List<Future<Identified>> flood(List<String> tokens, String known) {
    var all = new ArrayList<Future<Identified>>();
    tokens.forEach(token -> all.add(identity.identify(List.of("Bearer " + token))));
    all.add(identity.identify(List.of("Bearer " + known)));
    return all;
  }

  private Future<Identified> ask(String token) {
    var answer = Promise.<Identified>promise();
    loop.runOnContext(go -> identity.identify(List.of("Bearer " + token)).onComplete(answer));
    return answer.future();
  }
}
