package io.umbel.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.outbound.OutboundFailure.Reason;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class DestinationsTest {

  private final Vertx vertx = Vertx.vertx();
  private final Destinations strict = new Destinations(vertx, List.of());

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "100.100.100.200",
        "169.254.169.254",
        "172.31.0.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "[::]",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::a00:1]",
        "[64:ff9b:1::1]",
        "[2002:7f00:1::]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[fec0::1]",
        "[ff02::1]",
        "localhost"
      })
  void whatIsNotOnThePublicInternetIsForbidden(String host) {
    assertThatThrownBy(
            () -> strict.check(URI.create("http://" + host + ":8080/mcp")).await())
        .isInstanceOfSatisfying(OutboundFailure.class, why -> {
          assertThat(why.reason()).isEqualTo(Reason.FORBIDDEN);
          assertThat(why.delivered()).isFalse();
        })
        .hasMessageEndingWith(
            ": it is not on the public internet, and the operator does not allow it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.1.1.1", "93.184.215.14", "[2606:4700::1111]", "[64:ff9b::101:101]", "11.0.0.1"})
  void whatIsOnThePublicInternetIsNot(String host) {
    assertThat(strict.check(URI.create("https://" + host + "/mcp")).await()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2130706433", "0x7f000001", "127.1", "0177.0.0.1"})
  void anAddressThatIsWrittenInAnotherWayIsNotReached(String host) {
    assertThatThrownBy(() -> strict.at(URI.create("http://" + host + "/")).await())
        .isInstanceOf(OutboundFailure.class);
  }

  @Test
  void theOperatorMayAllowRangesAndNames() {
    var loopback = new Destinations(vertx, List.of("127.0.0.0/8", "::1"));
    assertThat(loopback.check(URI.create("http://127.0.0.1:1/")).await()).isNull();
    assertThat(loopback.check(URI.create("http://localhost:1/")).await()).isNull();
    assertThat(loopback.check(URI.create("http://[::ffff:127.0.0.1]:1/")).await())
        .isNull();
    assertThatThrownBy(() -> loopback.check(URI.create("http://10.0.0.1/")).await())
        .isInstanceOf(OutboundFailure.class);
    var named = new Destinations(vertx, List.of("LocalHost"));
    assertThat(named.check(URI.create("http://localhost:1/")).await()).isNull();
    assertThatThrownBy(() -> named.check(URI.create("http://127.0.0.1:1/")).await())
        .isInstanceOf(OutboundFailure.class);
  }

  @Test
  void whatTheOperatorChoseIsThatPortOfThatHostAlone() {
    var chosen = strict.with(URI.create("http://LocalHost:4711/mcp"));
    assertThat(chosen.check(URI.create("http://localhost:4711/elsewhere")).await())
        .isNull();
    for (var other : List.of("localhost:4712", "127.0.0.1:4711", "10.0.0.1:4711")) {
      assertForbidden(chosen, "http://" + other + "/mcp");
    }
    assertForbidden(strict, "http://localhost:4711/mcp");
    assertForbidden(chosen, "ftp://localhost:4711/mcp");
    assertForbidden(strict.with(URI.create("mcp")), "http://localhost:4711/mcp");
  }

  private static void assertForbidden(Destinations destinations, String url) {
    assertThatThrownBy(() -> destinations.check(URI.create(url)).await())
        .isInstanceOfSatisfying(
            OutboundFailure.class, why -> assertThat(why.reason()).isEqualTo(Reason.FORBIDDEN));
  }

  @Test
  void aNameThatNobodyKnowsIsNotForbiddenButNotReachableEither() {
    var url = URI.create("http://no-such-host.invalid/mcp");
    assertThat(strict.check(url).await()).isNull();
    assertThatThrownBy(() -> strict.at(url).await())
        .isInstanceOfSatisfying(
            OutboundFailure.class, why -> assertThat(why.reason()).isEqualTo(Reason.UNREACHABLE))
        .hasMessage("Nobody knows the host name no-such-host.invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://1.1.1.1/", "gopher://1.1.1.1/", "mcp"})
  void onlyHttpIsSpoken(String url) {
    assertThatThrownBy(() -> strict.check(URI.create(url)).await())
        .hasMessage("The URL must begin with https:// or http://");
  }

  @Test
  void credentialsDoNotBelongInUrls() {
    assertThatThrownBy(
            () -> strict.check(URI.create("https://ann:secret@1.1.1.1/")).await())
        .hasMessage("The URL must not hold a user name or password");
  }

  @Test
  void whatIsConnectedToIsTheAddressThatWasLookedAt() {
    var loopback = new Destinations(vertx, List.of("localhost"));
    var first = loopback.at(URI.create("http://localhost:4711/")).await().get(0);
    assertThat(first.hostAddress()).isIn("127.0.0.1", "::1", "0:0:0:0:0:0:0:1");
    assertThat(first.port()).isEqualTo(4711);
  }
}
