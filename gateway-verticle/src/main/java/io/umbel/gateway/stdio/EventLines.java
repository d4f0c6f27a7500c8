package io.umbel.gateway.stdio;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;
import java.util.function.Consumer;

/**
 * Takes a server-sent event stream apart: the data of each event is one message.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
final class EventLines {

  private final RecordParser lines = RecordParser.newDelimited("\n").maxRecordSize(4 * 1024 * 1024);
  private final Consumer<Buffer> taker;
  private Buffer data = Buffer.buffer();

  EventLines(Consumer<Buffer> taker) {
    this.taker = taker;
    lines.handler(this::line);
  }

  void take(Buffer chunk) {
    lines.handle(chunk);
  }

  private void line(Buffer raw) {
    var line = raw.toString().stripTrailing();
    if (line.startsWith("data:")) {
      data.appendString(line.substring(5).strip());
    } else if (line.isEmpty() && data.length() > 0) {
      taker.accept(data);
      data = Buffer.buffer();
    }
  }
}
