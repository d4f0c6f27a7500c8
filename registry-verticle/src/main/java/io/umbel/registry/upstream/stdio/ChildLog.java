package io.umbel.registry.upstream.stdio;

import io.umbel.registry.server.Endpoint.Stdio;
import io.umbel.registry.server.Server;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server's process says beside MCP, in our log: so many lines at a time, each so long, with
 * control characters and the secrets of its environment taken out. Thread-safe.
 */
final class ChildLog {

  /** The longest line that is logged whole, in bytes. */
  static final int LONGEST = 4 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(ChildLog.class);
  private static final int MOST = 100;
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final int SHORTEST_SECRET = 4;

  private final Server server;
  private final List<String> secrets;
  private final LongSupplier nanos;
  private long began;
  private int lines;
  private long withheld;

  ChildLog(Server server, LongSupplier nanos) {
    this.server = server;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
    this.secrets = ((Stdio) server.endpoint())
        .env().values().stream()
            .filter(value -> value.length() >= SHORTEST_SECRET)
            .toList();
  }

  /** It wrote that to its standard error. */
  void stderr(Buffer line) {
    log("says", line);
  }

  /** It wrote that to its standard output, where only MCP belongs. */
  void garbage(Buffer line) {
    log("wrote what is no MCP", line);
  }

  private synchronized void log(String what, Buffer line) {
    if (nanos.getAsLong() - began > WINDOW_NANOS) {
      tellWithheld();
      began = nanos.getAsLong();
      lines = 0;
    }
    if (++lines > MOST) {
      withheld++;
      return;
    }
    LOG.atInfo()
        .addKeyValue("mcp_server_id", server.key().id())
        .log("{} {}: {}", server.namespace(), what, clean(line));
  }

  /** Says how much was not logged. */
  synchronized void tellWithheld() {
    if (withheld > 0) {
      LOG.atInfo()
          .addKeyValue("mcp_server_id", server.key().id())
          .log("{} said {} more lines, which are not logged", server.namespace(), withheld);
      withheld = 0;
    }
  }

  private String clean(Buffer line) {
    var text = line.getBuffer(0, Math.min(line.length(), LONGEST)).toString(StandardCharsets.UTF_8);
    for (var secret : secrets) {
      text = text.replace(secret, "***");
    }
    return text.replaceAll("\\p{Cntrl}", " ").strip();
  }
}
