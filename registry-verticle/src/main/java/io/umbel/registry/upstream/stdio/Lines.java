package io.umbel.registry.upstream.stdio;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Cuts bytes into lines; of one that is too long, only its two ends are kept. */
final class Lines {

  /** What is kept of either end of a line that is too long. */
  static final int END = 256;

  private final int most;
  private final Consumer<Line> taker;
  private Buffer line = Buffer.buffer();
  private byte[] head;

  /**
   * One line, without its end.
   *
   * @param bytes all of it, or its first bytes where it is too long
   * @param tail its last bytes where it is too long, else null
   */
  record Line(Buffer bytes, Buffer tail) {
    boolean isWhole() {
      return tail == null;
    }
  }

  /** @param most bytes that a line may have */
  Lines(int most, Consumer<Line> taker) {
    this.most = most;
    this.taker = taker;
  }

  void take(byte[] bytes, int length) {
    var from = 0;
    for (var at = 0; at < length; at++) {
      if (bytes[at] == '\n') {
        append(bytes, from, at - from);
        end();
        from = at + 1;
      }
    }
    append(bytes, from, length - from);
  }

  /** No more comes: what has come of a line is one. */
  void end() {
    if (head != null) {
      taker.accept(new Line(Buffer.buffer(head), line));
    } else if (line.length() > 0) {
      taker.accept(new Line(line, null));
    }
    head = null;
    line = Buffer.buffer();
  }

  private void append(byte[] bytes, int from, int length) {
    if (head == null && line.length() + length <= most) {
      line.appendBytes(bytes, from, length);
      return;
    }
    if (head == null) {
      var begin = line.copy().appendBytes(bytes, from, Math.min(length, END));
      head = begin.getBytes(0, Math.min(END, begin.length()));
    }
    keepTail(Arrays.copyOfRange(bytes, from + Math.max(0, length - END), from + length));
  }

  private void keepTail(byte[] last) {
    var both = line.copy().appendBytes(last);
    line = both.getBuffer(Math.max(0, both.length() - END), both.length()).copy();
  }
}
