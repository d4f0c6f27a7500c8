package io.umbel.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.WhoTools;
import io.umbel.gateway.limits.RateSettings;
import io.umbel.gateway.limits.Rules;
import io.umbel.storage.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who asks too often, over REST; and what is noted of those who ask. */
class RestLimitsTest {

  private static final String PROJECTS = "/api/v1/projects";
  private static final String KEYS = "/api/v1/api-keys";

  @Test
  void allRequestsOfAClientCountTogether() {
    try (var gateways = limited("unknown 2/1h")) {
      var ann = gateways.admin("acme");
      assertThat(ann.get(PROJECTS).status()).isEqualTo(200);
      assertThat(ann.get(KEYS).status()).isEqualTo(200);
      var told = ann.get(PROJECTS);
      assertThat(told.problem())
          .isEqualTo("429 urn:umbel:problem:rate-limited Too many requests: try again in "
              + told.header("Retry-After") + " s.");
      assertThat(Integer.parseInt(told.header("Retry-After"))).isBetween(1_700, 1_800);
      assertThat(told.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(gateways.admin("other").get(PROJECTS).status()).isEqualTo(200);
      assertThat(gateways.client(gateways.a, ann.token()).tools()).contains("who");
    }
  }

  /** It is counted with the attempts over MCP. */
  @Test
  void whoTriesOutTokensIsNotVerifiedAnyMoreUnlessKnown() {
    try (var gateways = limited("* unlimited")) {
      var ann = gateways.admin("acme");
      assertThat(ann.get(PROJECTS).status()).isEqualTo(200);
      var guesser = gateways.client(gateways.a, "guess");
      for (int i = 0; i < 60; i++) {
        assertThat(guesser.get(PROJECTS).status()).isIn(401, 429);
      }
      assertThat(refusals(gateways, guesser)).contains(429).doesNotContain(401);
      assertThat(ann.get(PROJECTS).status()).isEqualTo(200);
    }
  }

  /** Statuses of good tokens that were never seen, while somebody guesses. */
  private static List<Integer> refusals(RestGateways gateways, RestClient guesser) {
    var statuses = new ArrayList<Integer>();
    for (int i = 0; i < 1_000 && !statuses.contains(429); i++) {
      guesser.get(PROJECTS);
      var token = RestGateways.token("acme", "fresh" + i, "admin");
      statuses.add(gateways.client(gateways.a, token).get(PROJECTS).status());
    }
    return statuses;
  }

  @Test
  void whenAKeyWasLastUsedIsWrittenAtTheEndAtTheLatest() {
    var written = new ArrayList<String>();
    var query = "SELECT name FROM gateway.api_keys"
        + " WHERE last_used_at BETWEEN now() - interval '10 minutes' AND now()";
    try (var gateways = limited("* unlimited")) {
      var ann = gateways.admin("acme");
      key(ann, "unused");
      var used = gateways.client(gateways.b, key(ann, "used"));
      assertThat(used.tools()).contains("who");
      gateways.stop();
      TestDatabase.query(gateways.url(), query, written::add);
    }
    assertThat(written).containsExactly("used");
  }

  private static String key(RestClient ann, String name) {
    var made = ann.post(KEYS, JsonObject.of("name", name, "scopes", JsonArray.of("tools")));
    return made.json().getString("secret");
  }

  private static RestGateways limited(String rule) {
    var rates = new RateSettings(Rules.of(List.of(rule)), null, List.of());
    return new RestGateways(TestDatabase.fresh(), rates, () -> List.of(new WhoTools()));
  }
}
