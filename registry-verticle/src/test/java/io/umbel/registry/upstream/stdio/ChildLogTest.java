package io.umbel.registry.upstream.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.umbel.registry.server.Server;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ChildLogTest {

  private static final Server SERVER =
      Workshop.server(List.of("server"), Map.of("TOKEN", "s3cret-token", "SHORT", "a"));

  private final Logger logger = (Logger) LoggerFactory.getLogger(ChildLog.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private long now;
  private final ChildLog log = new ChildLog(SERVER, () -> now);

  @BeforeEach
  void listen() {
    logged.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(logged);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(logged);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void saysWhichServerSaysWhat() {
    log.stderr(Buffer.buffer("listening"));
    log.garbage(Buffer.buffer("Welcome!"));
    assertThat(lines())
        .containsExactly("scripted says: listening", "scripted wrote what is no MCP: Welcome!");
    assertThat(logged.list.get(0).getKeyValuePairs())
        .singleElement()
        .hasToString("mcp_server_id=\"" + SERVER.key().id() + "\"");
  }

  @Test
  void takesOutSecretsAndControlCharacters() {
    log.stderr(Buffer.buffer("a s3cret-token \u001b[31min red\r"));
    assertThat(lines()).containsExactly("scripted says: a ***  [31min red");
  }

  @Test
  void logsSoManyLinesAtATimeAndHowManyItDidNot() {
    for (var i = 0; i < 1000; i++) {
      log.stderr(Buffer.buffer("again"));
    }
    assertThat(lines()).hasSize(100);
    now += Duration.ofSeconds(11).toNanos();
    log.stderr(Buffer.buffer("later"));
    assertThat(lines().subList(100, 102))
        .containsExactly(
            "scripted said 900 more lines, which are not logged", "scripted says: later");
  }

  @Test
  void cutsWhatIsTooLong() {
    log.stderr(Buffer.buffer("x".repeat(ChildLog.LONGEST + 1)));
    assertThat(lines().get(0)).hasSize("scripted says: ".length() + ChildLog.LONGEST);
  }

  private List<String> lines() {
    return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
