package io.umbel.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a client is where only its address says so. */
class ClientAddressTest {

  private final ClientAddress addresses = new ClientAddress(List.of(
      AddressRange.of("10.0.0.0/8"),
      AddressRange.of("2001:db8::/32"),
      AddressRange.of("127.0.0.1")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // peer       | what it forwards              | the client
        "203.0.113.9  | 198.51.100.1                  | 203.0.113.9",
        "10.1.2.3     | 198.51.100.1                  | 198.51.100.1",
        "10.1.2.3     | 6.6.6.6, 198.51.100.1         | 198.51.100.1",
        "10.1.2.3     | 198.51.100.1, 10.9.9.9        | 198.51.100.1",
        "10.1.2.3     | 10.9.9.8,10.9.9.9             | 10.9.9.8",
        "10.1.2.3     | 198.51.100.1, nonsense        | 10.1.2.3",
        "10.1.2.3     | nonsense, 10.9.9.9            | 10.9.9.9",
        "10.1.2.3     | ''                            | 10.1.2.3",
        "2001:db8::1  | 2a00:1:2:3::4                 | 2a00:1:2:3::4",
        "::ffff:10.1.2.3 | 198.51.100.1               | 198.51.100.1",
        "127.0.0.2    | 198.51.100.1                  | 127.0.0.2"
      })
  void onlyWhatTrustedProxiesWroteIsBelieved(String peer, String forwarded, String client) {
    assertThat(addresses.of(peer, List.of(forwarded))).isEqualTo(client);
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(addresses.of("10.1.2.3", List.of("6.6.6.6", "198.51.100.1, 10.9.9.9")))
        .isEqualTo("198.51.100.1");
    assertThat(addresses.of("10.1.2.3", List.of())).isEqualTo("10.1.2.3");
  }

  @Test
  void withoutTrustedProxiesNobodyIsBelieved() {
    assertThat(new ClientAddress(List.of()).of("10.1.2.3", List.of("6.6.6.6")))
        .isEqualTo("10.1.2.3");
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9, 203.0.113.9",
    "::ffff:203.0.113.9, 203.0.113.9",
    "2a00:1:2:3:4:5:6:7, 2a00-1-2-3--",
    "2a00:1:2:3:ffff::1, 2a00-1-2-3--",
    "stdio-1, stdio-1"
  })
  void aNetworkOfIpv6CountsAsOneClient(String address, String counted) {
    assertThat(ClientAddress.counted(address)).isEqualTo(counted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "::/129", "localhost", "*"})
  void whatIsNoRangeIsRefused(String text) {
    assertThat(AddressRange.isRange(text)).isFalse();
    assertThatThrownBy(() -> AddressRange.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/8", "0.0.0.0/0", "10.1.2.3", "::1", "::/0", "2001:db8::/32"})
  void rangesAreOfBothKinds(String text) {
    assertThat(AddressRange.isRange(text)).isTrue();
  }
}
