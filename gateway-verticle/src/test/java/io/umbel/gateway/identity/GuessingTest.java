package io.umbel.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.limits.AddressRange;
import io.umbel.gateway.limits.RateSettings;
import io.umbel.gateway.limits.Rules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever tries out tokens is not served for long. */
class GuessingTest {

  @Test
  void whoTriesOutTokensIsToldSoInsteadOf401() throws Exception {
    var rates = new RateSettings(Rules.of(List.of()), null, List.of(AddressRange.of("127.0.0.1")));
    try (var issuer = new TestIssuer();
        var asked = new Asked(issuer.guards().limiting(rates))) {
      for (int attempt = 0; attempt < 60; attempt++) {
        assertThat(asked.callWith("guess-" + attempt).statusCode()).isEqualTo(401);
      }
      var refused = asked.callWith("guess");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      var elsewhere =
          asked.call("Authorization", "Bearer guess", "X-Forwarded-For", "198.51.100.7");
      assertThat(elsewhere.statusCode()).isEqualTo(401);
    }
  }
}
