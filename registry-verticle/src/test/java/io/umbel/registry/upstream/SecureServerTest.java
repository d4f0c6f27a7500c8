package io.umbel.registry.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.UpstreamSettings.Bounds;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers behind TLS: the address is looked up first, but the certificate is for the name. */
@Timeout(60)
class SecureServerTest {

  private static final SelfSignedCertificate OURS = SelfSignedCertificate.create("localhost");
  private static final SelfSignedCertificate OTHERS = SelfSignedCertificate.create("other.example");

  @AfterAll
  static void delete() {
    OURS.delete();
    OTHERS.delete();
  }

  @Test
  void http2IsSpokenWhereItIsOffered() throws IOException {
    assertThat(spoken(true)).isEqualTo(HttpVersion.HTTP_2);
    assertThat(spoken(false)).isEqualTo(HttpVersion.HTTP_1_1);
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNotAccepted() {
    try (var server = server(OURS, true);
        var visitor = new Visitor()) {
      assertRefused(visitor, server);
    }
  }

  @Test
  void aCertificateForAnotherNameIsNotAccepted() throws IOException {
    try (var server = server(OTHERS, true);
        var visitor = new Visitor(Bounds.USUAL, pem(OTHERS))) {
      assertRefused(visitor, server);
    }
  }

  @Test
  void certificatesThatCannotBeReadAreSaidNotToBe() {
    assertThatThrownBy(() -> new Visitor(Bounds.USUAL, "-----BEGIN CERTIFICATE-----"))
        .hasMessage("certificates to trust: no PEM that could be read");
  }

  private static void assertRefused(Visitor visitor, PlayedServer server) {
    assertThatThrownBy(() -> visitor.open(server))
        .isInstanceOfSatisfying(UpstreamFailure.class, why -> {
          assertThat(why.reason()).isEqualTo(Reason.UNREACHABLE);
          assertThat(why.delivered()).isFalse();
        })
        .hasMessage("No TLS connection to localhost:" + server.port()
            + ": Umbel does not accept its certificate");
    assertThat(server.seen()).isEmpty();
  }

  private static HttpVersion spoken(boolean http2) throws IOException {
    var spoken = new AtomicReference<HttpVersion>();
    try (var server = server(OURS, http2);
        var visitor = new Visitor(List.of("localhost"), Bounds.USUAL, pem(OURS))) {
      server.on("server/discover", turn -> {
        spoken.set(turn.version());
        turn.result(PlayedServer.discovered(new JsonObject()));
      });
      assertThat(visitor.open(server).facts().modern()).isTrue();
      return spoken.get();
    }
  }

  private static PlayedServer server(SelfSignedCertificate certificate, boolean http2) {
    return new PlayedServer(new HttpServerOptions()
        .setSsl(true)
        .setUseAlpn(http2)
        .setKeyCertOptions(certificate.keyCertOptions()));
  }

  private static String pem(SelfSignedCertificate certificate) throws IOException {
    return Files.readString(Path.of(certificate.certificatePath()));
  }
}
