package io.umbel.registry.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.registry.upstream.UpstreamFailure;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventReaderTest {

  private static final int LARGEST = 1_000;

  private final List<String> events = new ArrayList<>();
  private final List<Long> retries = new ArrayList<>();
  private final EventReader reader = new EventReader(
      LARGEST,
      event -> events.add(event.type() + "|" + event.data() + "|" + event.id()),
      retries::add);

  @Test
  void readsEventsWhereverTheirBytesAreCut() {
    var text =
        "\ufeff: hello\n\nevent: endpoint\r\ndata: /here\r\n\r\nid: 7\rdata:{\"a\":\rdata: 1}\r\r"
            + "retry: 30\n\nretry: soon\ndata\n\nid\ndata: ü\n\nunknown: x\ndata:  two spaces\n\ndata: rest";
    var bytes = Buffer.buffer(text);
    for (int size = 1; size <= bytes.length(); size++) {
      var here = new ArrayList<String>();
      var cut = new EventReader(
          LARGEST,
          event -> here.add(event.type() + "|" + event.data() + "|" + event.id()),
          retries::add);
      for (int at = 0; at < bytes.length(); at += size) {
        cut.read(bytes.getBuffer(at, Math.min(at + size, bytes.length())));
      }
      assertThat(here)
          .as("in pieces of " + size)
          .containsExactly(
              "endpoint|/here|null",
              "message|{\"a\":\n1}|7",
              "message||null",
              "message|ü|",
              "message| two spaces|null");
    }
    assertThat(retries).isNotEmpty().allMatch(millis -> millis == 30);
  }

  @Test
  void anEventWithoutAMessageStillSaysWhereToGoOn() {
    reader.read(Buffer.buffer("id: 1\n\nid: 2\ndata: \n\n"));
    assertThat(events).containsExactly("message||1", "message||2");
  }

  @Test
  void nothingLargerThanAgreedIsKept() {
    reader.read(Buffer.buffer("data: " + "x".repeat(900) + "\n"));
    assertThatThrownBy(() -> reader.read(Buffer.buffer("data: " + "x".repeat(200) + "\n")))
        .isInstanceOf(UpstreamFailure.class)
        .hasMessage("The server sent an event of more than 1000 bytes");
    assertThatThrownBy(() -> new EventReader(LARGEST, event -> {}, millis -> {})
            .read(Buffer.buffer("x".repeat(1_001))))
        .hasMessage("The server sent an event of more than 1000 bytes");
  }
}
