package io.umbel.gateway.stdio;

import io.umbel.gateway.wire.OneLine;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes messages to a stream, one a line, each at once. */
final class LineWriter {

  private static final Logger LOG = LoggerFactory.getLogger(LineWriter.class);

  private final OutputStream out;

  LineWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes one message; JSON made by a program holds no line feed outside of strings. */
  synchronized void write(Buffer message) {
    try {
      out.write(OneLine.of(message));
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      LOG.debug("The client has closed its end", e);
    }
  }
}
