package io.umbel.registry.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.util.ByteProcessor;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Reads server-sent events as their bytes come. What comes in one piece is not copied.
 *
 * @see <a
 *     href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">
 *     Interpreting an event stream</a>
 */
final class EventReader {

  private static final Buffer NOTHING = Buffer.buffer();
  private static final byte COLON = ':';
  private static final int BOM_LENGTH = 3;

  private final int maxBytes;
  private final Consumer<Event> events;
  private final LongConsumer retries;
  private Buffer rest = NOTHING;
  private Buffer data;
  private boolean joined;
  private String type = Event.MESSAGE;
  private String id;
  private boolean begun;
  private boolean afterReturn;

  /**
   * A reader of one stream.
   *
   * @param maxBytes the largest event
   * @param retries hears after how many milliseconds to come back
   */
  EventReader(int maxBytes, Consumer<Event> events, LongConsumer retries) {
    this.maxBytes = maxBytes;
    this.events = events;
    this.retries = retries;
  }

  /**
   * Some more bytes.
   *
   * @throws UpstreamFailure if an event is larger than is taken
   */
  void read(Buffer piece) {
    int searched = rest.length();
    var all = searched == 0 ? piece : rest.appendBuffer(piece);
    int at = begun ? 0 : start(all);
    int end = lineEnd(all, Math.max(at, searched));
    while (end >= 0) {
      if (!(afterReturn && end == at && all.getByte(end) == '\n')) {
        line(all.slice(at, end));
      }
      afterReturn = all.getByte(end) == '\r';
      at = end + 1;
      end = lineEnd(all, at);
    }
    if (at == all.length()) {
      rest = NOTHING;
    } else if (at > 0 || all == piece) {
      rest = all.getBuffer(at, all.length());
    }
    bound(rest.length());
  }

  /** A byte order mark may stand at the beginning. */
  private int start(Buffer all) {
    begun = true;
    var mark = all.length() >= BOM_LENGTH
        && all.getByte(0) == (byte) 0xef
        && all.getByte(1) == (byte) 0xbb
        && all.getByte(2) == (byte) 0xbf;
    return mark ? BOM_LENGTH : 0;
  }

  private static int lineEnd(Buffer all, int from) {
    var bytes = ((BufferInternal) all).getByteBuf();
    return from >= all.length()
        ? -1
        : bytes.forEachByte(from, all.length() - from, ByteProcessor.FIND_CRLF);
  }

  private void line(Buffer line) {
    if (line.length() == 0) {
      dispatch();
      return;
    }
    int colon = ((BufferInternal) line).getByteBuf().indexOf(0, line.length(), COLON);
    if (colon == 0) {
      return; // a comment
    }
    var name = colon < 0 ? line.toString(UTF_8) : line.slice(0, colon).toString(UTF_8);
    int from = colon < 0 ? line.length() : colon + 1;
    var space = from < line.length() && line.getByte(from) == ' ';
    field(name, line.slice(space ? from + 1 : from, line.length()));
  }

  private void field(String name, Buffer value) {
    switch (name) {
      case "data" -> data(value);
      case "event" -> type = value.toString(UTF_8);
      case "id" -> id(value.toString(UTF_8));
      case "retry" -> retry(value.toString(UTF_8));
      default -> {} // is ignored, as the standard wants it
    }
  }

  private void data(Buffer value) {
    if (data == null) {
      data = value;
      return;
    }
    bound(data.length() + value.length());
    if (!joined) {
      data = data.copy();
      joined = true;
    }
    data.appendByte((byte) '\n').appendBuffer(value);
  }

  private void id(String text) {
    if (text.indexOf('\0') < 0) {
      id = text;
    }
  }

  private void retry(String text) {
    if (text.matches("\\d{1,9}")) {
      retries.accept(Long.parseLong(text));
    }
  }

  private void dispatch() {
    if (data != null) {
      events.accept(new Event(type.isEmpty() ? Event.MESSAGE : type, data, id));
    } else if (id != null) {
      events.accept(new Event(Event.MESSAGE, NOTHING, id));
    }
    data = null;
    joined = false;
    type = Event.MESSAGE;
    id = null;
  }

  private void bound(int bytes) {
    if (bytes > maxBytes) {
      throw new UpstreamFailure(
          Reason.TOO_LARGE, "The server sent an event of more than " + maxBytes + " bytes", true);
    }
  }
}
