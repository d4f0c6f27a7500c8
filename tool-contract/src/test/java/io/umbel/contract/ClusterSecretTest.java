package io.umbel.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ClusterSecretTest {

  private static final byte[] BYTES = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static final byte[] HELLO = "hello".getBytes(UTF_8);

  private final ClusterSecret secret = ClusterSecret.of(BYTES);

  @Test
  void takesNoShortSecret() {
    assertThatThrownBy(() -> ClusterSecret.of(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The cluster secret has 31 bytes; it needs at least 32");
  }

  @Test
  void derivesTheSameKeyOnEveryNode() {
    assertThat(ClusterSecret.of(BYTES.clone()).key("session"))
        .isEqualTo(secret.key("session"))
        .hasSize(32);
  }

  /** HKDF-Expand of RFC 5869 with info "umbel/session", reckoned with another implementation. */
  @Test
  void derivesAsRfc5869Expands() {
    assertThat(HexFormat.of().formatHex(secret.key("session")))
        .isEqualTo("132970b79ee95e859a9a96be12058648e4435e55f296598e59bfe5ab55b3fbb0");
  }

  @Test
  void derivesAKeyOfItsOwnForEachPurpose() {
    assertThat(secret.key("session")).isNotEqualTo(secret.key("caller")).isNotEqualTo(BYTES);
  }

  @Test
  void isNotChangedByWhoeverGaveIt() {
    var given = BYTES.clone();
    var taken = ClusterSecret.of(given);
    given[0] ^= 1;
    assertThat(taken.key("session")).isEqualTo(secret.key("session"));
  }

  @Test
  void isAnotherInEachLoneProcess() {
    assertThat(ClusterSecret.random().key("session"))
        .isNotEqualTo(ClusterSecret.random().key("session"));
  }

  @Test
  void tellsNothingOfItself() {
    var node = new Node("node-1", secret, new MovableClock(), LoneNode.ABOUT);
    assertThat(node.toString()).doesNotContain("0123456789abcdef");
  }

  @Test
  void signsForOnePurposeOnly() {
    var signature = secret.signer("caller").sign(HELLO);
    assertThat(secret.signer("caller").matches(signature, HELLO)).isTrue();
    assertThat(secret.signer("published").matches(signature, HELLO)).isFalse();
  }

  @Test
  void signsWhereOnePartEnds() {
    var signer = secret.signer("caller");
    var signature = signer.sign("ab".getBytes(UTF_8), "c".getBytes(UTF_8));
    assertThat(signer.matches(signature, "a".getBytes(UTF_8), "bc".getBytes(UTF_8)))
        .isFalse();
    assertThat(signer.matches(signature, "abc".getBytes(UTF_8))).isFalse();
  }

  @Test
  void matchesNoMissingSignature() {
    assertThat(secret.signer("caller").matches(null, HELLO)).isFalse();
    assertThat(secret.signer("caller").matches("", HELLO)).isFalse();
  }
}
