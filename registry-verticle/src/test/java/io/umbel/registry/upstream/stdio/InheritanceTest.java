package io.umbel.registry.upstream.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a process of a server finds of the node's environment. */
class InheritanceTest {

  @Test
  void isWhatProgramsNeedAndNothingElse() {
    var needed = Map.of("PATH", "/bin", "HOME", "/home/ann", "LANG", "C", "TZ", "UTC");
    assertThat(inherited(needed, "AWS_SECRET_ACCESS_KEY", "UMBEL_AUTH_SECRET", "LD_PRELOAD"))
        .isEqualTo(needed);
  }

  /** Where a proxy of the company signs anew what comes in, nothing can be fetched without. */
  @Test
  void tellsWhichCertificatesThisMachineTrusts() {
    var trusted = Map.of(
        "SSL_CERT_FILE", "/etc/ca.pem",
        "SSL_CERT_DIR", "/etc/ssl",
        "NODE_EXTRA_CA_CERTS", "/etc/ca.pem",
        "REQUESTS_CA_BUNDLE", "/etc/ca.pem",
        "CURL_CA_BUNDLE", "/etc/ca.pem");
    assertThat(inherited(trusted)).isEqualTo(trusted);
  }

  @Test
  void tellsTheWayToTheNetworkUnlessThatHoldsAPassword() {
    var plain =
        Map.of("HTTPS_PROXY", "http://proxy:3128", "no_proxy", "localhost", "http_proxy", "p:1");
    assertThat(inherited(plain)).isEqualTo(plain);
    assertThat(inherited(Map.of("HTTPS_PROXY", "http://ann:s3cret@proxy:3128"))).isEmpty();
  }

  @Test
  void hasWhatTheOperatorNames() {
    var ours = Map.of("npm_config_registry", "https://npm.example.com", "ALL_PROXY", "u:p@h");
    assertThat(Inheritance.of(ours, Set.of("npm_config_registry", "ALL_PROXY", "ABSENT")))
        .isEqualTo(ours);
  }

  private static Map<String, String> inherited(Map<String, String> ours, String... more) {
    var all = new HashMap<>(ours);
    for (var name : more) {
      all.put(name, "any");
    }
    return Inheritance.of(all, Set.of());
  }
}
