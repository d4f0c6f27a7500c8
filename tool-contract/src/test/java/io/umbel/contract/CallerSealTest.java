package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.contract.CallerSeal.RefusedCaller;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerSealTest {

  private static final Caller ANN =
      new Caller("acme", "ann", "apollo", "agent-7", Set.of("tools", "admin"));

  private final MovableClock clock = new MovableClock();
  private final ClusterSecret secret = ClusterSecret.random();
  private final CallerSeal seal = new CallerSeal(secret, clock);

  @Test
  void opensWhatItSealed() {
    assertThat(seal.open(seal.seal(ANN, "demo"), "demo")).isEqualTo(ANN);
    assertThat(seal.open(seal.seal(Caller.LOCAL, "demo"), "demo")).isEqualTo(Caller.LOCAL);
  }

  /** No limit and an empty one are as different as can be. */
  @Test
  void howFarATokenReachesIsKept() {
    for (var reach : List.of(
        Reach.ALL,
        new Reach(Set.of(), null),
        new Reach(null, Set.of()),
        new Reach(Set.of("echo", "add"), Set.of("apollo")))) {
      var caller = new Caller("acme", "ann", null, null, Set.of(), reach);
      assertThat(seal.open(seal.seal(caller, "demo"), "demo")).isEqualTo(caller);
    }
  }

  @Test
  void opensWhatAnotherNodeOfTheClusterSealed() {
    var other = new CallerSeal(secret, clock);
    assertThat(other.open(seal.seal(ANN, "demo"), "demo")).isEqualTo(ANN);
  }

  /** The payloads' lengths differ, so that each kind of base64 ending is tried. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "an", "ann"})
  void refusesATokenAlteredAnywhere(String subject) {
    var token = seal.seal(new Caller("acme", subject, null, null, Set.of()), "demo");
    for (int i = 0; i < token.length(); i++) {
      for (var other :
          new char[] {'A', 'B', '_', '.', '=', ' ', '\u00e4', (char) (token.charAt(i) ^ 1)}) {
        if (other != token.charAt(i)) {
          refuses(token.substring(0, i) + other + token.substring(i + 1), "altered");
        }
      }
    }
  }

  @Test
  void refusesATokenThatLostOrGainedSomething() {
    var token = seal.seal(ANN, "demo");
    for (int i = 0; i < token.length(); i++) {
      refuses(token.substring(0, i), "altered");
      refuses(token.substring(0, i) + token.substring(i + 1), "altered");
    }
    refuses(token + "A", "altered");
    refuses(token + "=", "altered");
    refuses(token + ".", "altered");
    refuses("." + token, "altered");
  }

  @Test
  void refusesNothingAndNonsense() {
    refuses(null, "missing");
    refuses("", "altered");
    refuses(".", "altered");
    refuses("bm8.bm8", "altered");
    refuses("\u0000\uffff.\ud800", "altered");
  }

  @Test
  void refusesATokenOfAnotherSecret() {
    var stranger = new CallerSeal(ClusterSecret.random(), clock);
    refuses(stranger.seal(ANN, "demo"), "altered");
  }

  @Test
  void refusesATokenSignedForAnotherPurpose() {
    var token = seal.seal(ANN, "demo");
    var payload = token.substring(0, token.indexOf('.'));
    var signature = secret
        .signer("published")
        .sign(payload.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    refuses(payload + "." + signature, "altered");
  }

  @Test
  void refusesATokenForAnotherProvider() {
    var token = seal.seal(ANN, "demo");
    assertThatThrownBy(() -> seal.open(token, "issues"))
        .isInstanceOf(RefusedCaller.class)
        .hasMessageContaining("another provider");
  }

  @Test
  void refusesATokenThatIsTooLong() {
    var long_ = new Caller("acme", "a".repeat(16 * 1024), null, null, Set.of());
    refuses(seal.seal(long_, "demo"), "altered");
  }

  @Test
  void refusesATokenFromTheMomentItExpires() {
    var token = seal.seal(ANN, "demo");
    clock.advance(CallerSeal.LIFE.minusMillis(1));
    assertThat(seal.open(token, "demo")).isEqualTo(ANN);
    clock.advance(Duration.ofMillis(1));
    refuses(token, "expired");
    assertThatThrownBy(() -> new CallerSeal(secret, clock).open(token, "demo"))
        .hasMessageContaining("expired");
  }

  @Test
  void sealsAnewWhenHalfOfTheLifeIsOver() {
    var first = seal.seal(ANN, "demo");
    clock.advance(CallerSeal.LIFE.dividedBy(2).minusMillis(1));
    assertThat(seal.seal(ANN, "demo")).isEqualTo(first);
    clock.advance(Duration.ofMillis(1));
    var second = seal.seal(ANN, "demo");
    assertThat(second).isNotEqualTo(first);
    clock.advance(CallerSeal.LIFE.dividedBy(2));
    assertThat(seal.open(second, "demo")).isEqualTo(ANN);
  }

  @Test
  void sealsForEachCallerAndProviderApart() {
    assertThat(seal.seal(ANN, "demo"))
        .isNotEqualTo(seal.seal(ANN, "issues"))
        .isNotEqualTo(seal.seal(Caller.LOCAL, "demo"));
  }

  @Test
  void refusesWithoutAStack() {
    assertThatThrownBy(() -> seal.open(null, "demo"))
        .satisfies(refusal -> assertThat(refusal.getStackTrace()).isEmpty());
  }

  private void refuses(String token, String why) {
    assertThatThrownBy(() -> seal.open(token, "demo"))
        .as("%s", token)
        .isInstanceOf(RefusedCaller.class)
        .hasMessage("The caller of this call is " + why);
  }
}
