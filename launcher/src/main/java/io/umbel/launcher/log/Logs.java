package io.umbel.launcher.log;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import java.util.Locale;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Log lines on stderr, as text or as JSON. Logback finds this class by itself and so reads no file;
 * whoever sets {@code logback.configurationFile} gets what that file says instead.
 *
 * <p>Lines are written by a thread of their own, and dropped rather than waited for where nobody
 * reads stderr: an event loop never stands still for a log line.
 */
public final class Logs extends ContextAwareBase implements Configurator {

  private static final String OWN_FILE = "logback.configurationFile";
  private static final String REQUESTS = "io.umbel.gateway.request";
  private static final String TEXT = "%d{HH:mm:ss.SSS} %-5level %logger{0} %msg %kvp%n";
  private static final int QUEUE = 4096;
  private static final int FLUSH_MILLIS = 2_000;

  @Override
  public ExecutionStatus configure(LoggerContext logback) {
    if (System.getProperty(OWN_FILE) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    logback.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Begins to write as these settings say; until then nothing is. */
  public static void open(Settings settings) {
    if (System.getProperty(OWN_FILE) != null) {
      return;
    }
    var logback = logback();
    var level = Level.toLevel(settings.text(Key.LOG_LEVEL).toUpperCase(Locale.ROOT));
    var root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
    logback.getLogger("io.umbel").setLevel(level);
    if (settings.text(Key.LOG_REQUESTS).equals("none")) {
      logback.getLogger(REQUESTS).setLevel(Level.OFF);
    }
    root.addAppender(queue(logback, settings.text(Key.LOG_FORMAT)));
    takeJavaLogging();
  }

  /** Lines of libraries that log by the JDK's own logging look like all others. */
  private static void takeJavaLogging() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  /** Writes what is still waiting, and then no more. */
  public static void close() {
    logback().stop();
  }

  private static AsyncAppender queue(LoggerContext logback, String format) {
    var stderr = new ConsoleAppender<ILoggingEvent>();
    stderr.setContext(logback);
    stderr.setTarget("System.err");
    stderr.setEncoder(isText(format) ? text(logback) : json(logback));
    stderr.start();
    var queue = new AsyncAppender();
    queue.setContext(logback);
    queue.setQueueSize(QUEUE);
    queue.setNeverBlock(true);
    queue.setMaxFlushTime(FLUSH_MILLIS);
    queue.addAppender(stderr);
    queue.start();
    return queue;
  }

  /** The start script knows whether stderr is a terminal, and says so. */
  private static boolean isText(String format) {
    return format.equals("text") || (format.equals("auto") && Boolean.getBoolean("umbel.terminal"));
  }

  private static Encoder<ILoggingEvent> text(LoggerContext logback) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(logback);
    encoder.setPattern(TEXT);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> json(LoggerContext logback) {
    var names = new LogstashFieldNames();
    names.setTimestamp("ts");
    names.setMessage("msg");
    names.setLogger("logger");
    names.setVersion(null);
    names.setLevelValue(null);
    names.setThread(null);
    var encoder = new LogstashEncoder();
    encoder.setContext(logback);
    encoder.setFieldNames(names);
    encoder.setTimeZone("UTC");
    encoder.start();
    return encoder;
  }

  private static LoggerContext logback() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
