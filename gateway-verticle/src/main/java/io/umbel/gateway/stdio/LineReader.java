package io.umbel.gateway.stdio;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * Reads lines from a stream that blocks, on a thread of its own, and hands each to a verticle's
 * context. A line beyond the limit is read to its end and handed over as {@link #TOO_LONG}.
 */
final class LineReader {

  private final InputStream in;
  private final int limit;

  LineReader(InputStream in, int limit) {
    this.in = new BufferedInputStream(in, 64 * 1024);
    this.limit = limit;
  }

  /** Begins to read; completes, on the context, when the stream has ended. */
  Future<Void> open(Context context, Consumer<byte[]> taker) {
    var ended = Promise.<Void>promise();
    var thread = new Thread(
        () -> {
          readAll(context, taker);
          context.runOnContext(end -> ended.complete());
        },
        "umbel-stdin");
    thread.setDaemon(true);
    thread.start();
    return ended.future();
  }

  private void readAll(Context context, Consumer<byte[]> taker) {
    try {
      for (var line = next(); line != null; line = next()) {
        var taken = line;
        if (taken.length > 0) {
          context.runOnContext(go -> taker.accept(taken));
        }
      }
    } catch (IOException closed) {
      // The other side is gone, which is how stdio ends.
    }
  }

  /** The next line without its end, or null at the end of the stream. */
  private byte[] next() throws IOException {
    var line = new ByteArrayOutputStream();
    var length = 0;
    for (var b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return length > limit ? TOO_LONG : line.toByteArray();
      }
      if (b != '\r' && ++length <= limit) {
        line.write(b);
      }
    }
    if (length > limit) {
      return TOO_LONG;
    }
    return length == 0 ? null : line.toByteArray();
  }

  /** Stands for a line beyond the limit. */
  static final byte[] TOO_LONG = {' '};
}
