package io.umbel.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.RunningGateway;
import io.umbel.gateway.limits.AddressRange;
import io.umbel.gateway.limits.RateSettings;
import io.umbel.gateway.limits.Rules;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever tries out tokens is not served for long, and keeps nobody else waiting. */
@Timeout(60)
class GuessingTest {

  private static final int ALLOWED = 60;
  private static final int FLOOD = 1_000;
  static final IssuerKey KEY = IssuerKey.es256("ec");
  private static final String GOOD = good("somebody");
  private static final String HERE = "203.0.113.1";
  private static final String ELSEWHERE = "198.51.100.7";

  private TestIssuer issuer;
  private Asked asked;

  @BeforeEach
  void start() {
    var usual = Rules.of(List.of("* unlimited"));
    var rates = new RateSettings(usual, null, List.of(AddressRange.of("127.0.0.1")));
    issuer = new TestIssuer(KEY);
    asked = new Asked(issuer.guards().limiting(rates));
  }

  @AfterEach
  void stop() {
    asked.close();
    issuer.close();
  }

  @Test
  void whoTriesOutTokensIsToldSoInsteadOf401() {
    for (int attempt = 0; attempt < ALLOWED; attempt++) {
      assertThat(from(HERE, "guess-" + attempt).statusCode()).isEqualTo(401);
    }
    var refused = from(HERE, "guess");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(from(ELSEWHERE, "guess").statusCode()).isEqualTo(401);
  }

  /** A good token that was never seen is refused too: so none is looked at. */
  @Test
  void afterTooManyNothingIsVerifiedButWhoeverIsKnownPasses() {
    var known = good("known");
    assertThat(from(HERE, known).statusCode()).isEqualTo(200);
    var statuses =
        flood(HERE, 3 * ALLOWED).stream().map(HttpClientResponse::statusCode).toList();
    assertThat(statuses).contains(429).containsOnly(401, 429);
    var fresh = refused();
    assertThat(from(HERE, known).statusCode()).isEqualTo(200);
    assertThat(from(ELSEWHERE, fresh).statusCode()).isEqualTo(200);
    assertThat(from(HERE, fresh).statusCode()).isEqualTo(200);
  }

  @Test
  void aFloodOfForgedTokensKeepsNobodyElseWaiting() {
    var known = good("ann");
    assertThat(from(ELSEWHERE, known).statusCode()).isEqualTo(200);
    var http = asked.gateway().vertx().createHttpClient(new PoolOptions().setHttp1MaxSize(200));
    var flood =
        IntStream.range(0, FLOOD).mapToObj(i -> send(http, HERE, forged(i))).toList();
    for (int i = 0; i < 10; i++) {
      assertThat(from(ELSEWHERE, known).statusCode()).isEqualTo(200);
    }
    Future.join(flood).await();
    for (var answer : flood) {
      assertThat(answer.result().statusCode()).isIn(401, 429);
    }
    assertThat(flood).extracting(answer -> answer.result().statusCode()).contains(429);
  }

  /** A good token that is answered 429, while so many guess that there is no room for it. */
  private String refused() {
    for (int i = 0; i < FLOOD; i++) {
      from(HERE, "guess");
      var fresh = good("fresh" + i);
      var answer = from(HERE, fresh);
      if (answer.statusCode() == 429) {
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        return fresh;
      }
    }
    throw new AssertionError("Every token is verified");
  }

  private List<HttpClientResponse> flood(String address, int many) {
    var http = asked.gateway().vertx().createHttpClient(new PoolOptions().setHttp1MaxSize(16));
    var all =
        IntStream.range(0, many).mapToObj(i -> send(http, address, forged(i))).toList();
    Future.all(all).await();
    return all.stream().map(Future::result).toList();
  }

  private Future<HttpClientResponse> send(HttpClient http, String address, String token) {
    return http.request(HttpMethod.POST, asked.gateway().port(), "127.0.0.1", "/mcp")
        .compose(request -> request
            .putHeader("Content-Type", "application/json")
            .putHeader("MCP-Protocol-Version", "2026-07-28")
            .putHeader("Mcp-Method", "tools/list")
            .putHeader("X-Forwarded-For", address)
            .putHeader("Authorization", "Bearer " + token)
            .send(RunningGateway.modernBody("tools/list", new JsonObject())))
        .compose(response -> response.body().map(response));
  }

  private HttpResponse<String> from(String address, String token) {
    return asked.call("Authorization", "Bearer " + token, "X-Forwarded-For", address);
  }

  static String good(String subject) {
    return KEY.sign(TestIssuer.claims("acme", subject));
  }

  /** Everything about it is right, but that its signature belongs to another. */
  static String forged(int i) {
    var other = GOOD.substring(GOOD.lastIndexOf('.'));
    var claims = TestIssuer.claims("acme", "forged" + i).encode().getBytes(UTF_8);
    return GOOD.substring(0, GOOD.indexOf('.') + 1) + IssuerKey.encode(claims) + other;
  }
}
