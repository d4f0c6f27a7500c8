package io.umbel.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Caller;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Under what a limit is remembered. */
class RateKeyTest {

  @Test
  void aKeyNamesAccountSubjectAndEndpoint() {
    assertThat(key("acme", "ann@example.com", "tools/call", "search"))
        .isEqualTo("rl:acme:ann@example.com:tools/call:search");
    assertThat(key("acme", "ann", "tools/list", null)).isEqualTo("rl:acme:ann:tools/list");
  }

  @Test
  void noTwoClientsShareAKey() {
    assertThat(key("a:b", "c", "ping", null)).isNotEqualTo(key("a", "b:c", "ping", null));
    assertThat(key("a", "b", "tools/call", "c")).isNotEqualTo(key("a", "b", "tools/call", "c:"));
    var address = RateKey.of(Caller.LOCAL, "203.0.113.9", "ping", null);
    assertThat(address).isEqualTo("rl:~address:203.0.113.9:ping");
    assertThat(key("~address", "203.0.113.9", "ping", null)).isNotEqualTo(address);
  }

  @Test
  void noKeyIsLongOrHasBraces() {
    var key = key("{acme}", "s".repeat(10_000), "tools/call", "\u00fc{x}");
    assertThat(key).hasSizeLessThan(200).doesNotContain("{").matches("\\p{ASCII}+");
  }

  private static String key(String account, String subject, String method, String tool) {
    return RateKey.of(new Caller(account, subject, null, null, Set.of()), "x", method, tool);
  }
}
