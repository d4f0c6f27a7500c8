package io.umbel.storage;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.SslMode;
import java.util.Locale;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How connections to the database are encrypted, in PostgreSQL's own words.
 *
 * @param mode {@code disable}, {@code allow}, {@code prefer}, {@code require}, {@code verify-ca} or
 *     {@code verify-full}
 * @param rootCertificate file (PEM) of the authority that the server's certificate must be from;
 *     empty for those that Java trusts
 */
public record Tls(SslMode mode, String rootCertificate) {

  /** No encryption: within one machine. */
  public static final Tls OFF = new Tls(SslMode.DISABLE, "");

  /** The mode in PostgreSQL's own word. */
  static String word(SslMode mode) {
    return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean verifies() {
    return mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL;
  }

  /** For the client that serves queries. */
  ClientSSLOptions client() {
    var options =
        new ClientSSLOptions().setTrustAll(!verifies()).setHostnameVerificationAlgorithm("");
    if (verifies() && !rootCertificate.isEmpty()) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(rootCertificate));
    }
    return mode == SslMode.VERIFY_FULL
        ? options.setHostnameVerificationAlgorithm("HTTPS")
        : options;
  }

  /** For the driver that migrates. */
  void configure(PGSimpleDataSource source) {
    source.setSslMode(word(mode));
    if (verifies() && rootCertificate.isEmpty()) {
      source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
    } else if (!rootCertificate.isEmpty()) {
      source.setSslRootCert(rootCertificate);
    }
  }

  /** As the end of a URL. */
  String query() {
    var root = rootCertificate.isEmpty() ? "" : "&sslrootcert=" + rootCertificate;
    return mode == SslMode.DISABLE ? "" : "?sslmode=" + word(mode) + root;
  }
}
