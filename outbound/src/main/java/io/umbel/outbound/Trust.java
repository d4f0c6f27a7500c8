package io.umbel.outbound;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whose certificates are believed: those that Java does, and those of the operator. */
public final class Trust {

  private Trust() {}

  /**
   * Puts it there.
   *
   * @param pem certificates of the operator's authorities, or null
   */
  public static HttpClientOptions in(String pem, HttpClientOptions options) {
    if (pem == null) {
      return options;
    }
    try {
      var all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      addThoseOfJava(all);
      var own = new ByteArrayInputStream(pem.getBytes(US_ASCII));
      for (var one : CertificateFactory.getInstance("X.509").generateCertificates(own)) {
        all.setCertificateEntry("own-" + all.size(), one);
      }
      return options.setTrustOptions(TrustOptions.wrap((X509TrustManager) managers(all)[0]));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("certificates to trust: no PEM that could be read", e);
    }
  }

  private static void addThoseOfJava(KeyStore all) throws GeneralSecurityException {
    for (var manager : managers(null)) {
      if (manager instanceof X509TrustManager java) {
        for (var one : java.getAcceptedIssuers()) {
          all.setCertificateEntry("java-" + all.size(), one);
        }
      }
    }
  }

  private static javax.net.ssl.TrustManager[] managers(KeyStore of)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(of);
    return factory.getTrustManagers();
  }
}
