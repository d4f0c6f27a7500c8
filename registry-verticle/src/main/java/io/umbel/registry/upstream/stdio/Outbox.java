package io.umbel.registry.upstream.stdio;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What is to be written to a process, which may be slow to read it; bounded. */
final class Outbox {

  private static final long MOST = 8L * 1024 * 1024;
  private static final Buffer END = Buffer.buffer();

  private final OutputStream out;
  private final BlockingQueue<Buffer> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong bytes = new AtomicLong();

  Outbox(OutputStream out) {
    this.out = out;
  }

  /** Whether there was room for it. */
  boolean put(Buffer message) {
    var size = message.length() + 1;
    if (bytes.addAndGet(size) > MOST) {
      bytes.addAndGet(-size);
      return false;
    }
    return waiting.add(message);
  }

  /** Closes it after what was put before. */
  void end() {
    waiting.add(END);
  }

  /** Writes, and waits for more, until the end. */
  void writeAll() {
    try (out) {
      for (var message = waiting.take(); message != END; message = waiting.take()) {
        out.write(message.copy().appendByte((byte) '\n').getBytes());
        out.flush();
        bytes.addAndGet(-message.length() - 1);
      }
    } catch (IOException gone) {
      // Its end is told elsewhere.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
