package io.umbel.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.umbel.gateway.TwoGateways;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Logs name tokens by their fingerprint and nothing by its value; defects 14 and 24. */
class TokensInLogsTest {

  private static final IssuerKey KEY = IssuerKey.es256("k");

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Level usual = root.getLevel();
  private final Kept kept = new Kept();
  private final TestIssuer issuer = new TestIssuer(KEY);
  private Asked gateway;

  @BeforeEach
  void start() {
    kept.start();
    root.addAppender(kept);
    ((Logger) LoggerFactory.getLogger("io.umbel")).setLevel(Level.TRACE);
    gateway = new Asked(issuer.guards());
  }

  @AfterEach
  void stop() {
    gateway.close();
    issuer.close();
    ((Logger) LoggerFactory.getLogger("io.umbel")).setLevel(null);
    root.detachAppender(kept);
    root.setLevel(usual);
  }

  @Test
  void aLineNamesWhoCalledAndTheTokensFingerprint() throws Exception {
    var token = KEY.sign(TestIssuer.claims("acme", "ann"));
    assertThat(gateway.callWith(token).statusCode()).isEqualTo(200);
    var digest = java.security.MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    var fingerprint = java.util.HexFormat.of().formatHex(digest).substring(0, 12);
    TwoGateways.until(() -> !kept.saying("response").isEmpty()); // after the answer
    assertThat(kept.saying("response"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line)
            .contains("subject=\"ann\"", "account_id=\"acme\"")
            .contains("token_fingerprint=\"" + fingerprint + "\""));
  }

  @Test
  void noTokenNoPartOfOneAndNoBodyIsEverLogged() {
    var good = KEY.sign(TestIssuer.claims("acme", "ann"));
    var bad = IssuerKey.es256("k").sign(TestIssuer.claims("acme", "ann"));
    var body = JsonObject.of("token", "sk-live-0123456789abcdef");
    for (var token : List.of(good, bad, "umbel_api_key_0123456789", "a.b.c", "not a token")) {
      gateway.call(body, "Authorization", "Bearer " + token);
    }
    gateway.gateway().post("{\"password\":\"hunter2-hunter2\"");
    assertThat(kept.lines)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line)
            .doesNotContain(good.split("\\.", -1))
            .doesNotContain(bad.split("\\.", -1))
            .doesNotContain(
                "umbel_api_key_0123456789", "umbel_api", "sk-live", "hunter2", "Bearer"));
  }

  private static final class Kept extends AppenderBase<ILoggingEvent> {
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

    private List<String> saying(String word) {
      return lines.stream().filter(line -> line.contains(word)).toList();
    }

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event.getLoggerName()
          + " "
          + event.getFormattedMessage()
          + " "
          + event.getKeyValuePairs()
          + " "
          + event.getMDCPropertyMap()
          + (event.getThrowableProxy() == null ? "" : event.getThrowableProxy().getMessage()));
    }
  }
}
