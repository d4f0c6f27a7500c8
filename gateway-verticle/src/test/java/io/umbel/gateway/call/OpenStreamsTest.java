package io.umbel.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.contract.Caller;
import io.umbel.gateway.wire.McpException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenStreamsTest {

  private static final Caller ANN = caller("ann");

  private final OpenNow now = new OpenNow(new AtomicInteger(), new AtomicInteger());
  private final OpenStreams streams = new OpenStreams(2, now);

  @Test
  void givesEachCallerAsManyAsItMayHave() {
    streams.take(ANN);
    streams.take(new Caller("acme", "ann", "project", "agent", Set.of("more")));
    refuses(ANN, "Too many streams: 2 of yours are open here; close one first");
    streams.take(caller("bob"));
    streams.take(new Caller("other", "ann", null, null, Set.of()));
    assertThat(now.streams()).hasValue(4);
  }

  @Test
  void givesAgainWhatWasGivenBack() {
    var first = streams.take(ANN);
    streams.take(ANN);
    first.run();
    streams.take(ANN);
    refuses(ANN, "Too many streams: 2 of yours are open here; close one first");
    assertThat(now.streams()).hasValue(2);
  }

  @Test
  void takesNoMoreThanItCanHold() {
    for (int number = 1; number < OpenStreams.MOST; number++) {
      streams.take(caller("subject " + number));
    }
    var last = streams.take(ANN);
    refuses(ANN, "Too many streams: this gateway holds 10000, which is all it takes");
    last.run();
    streams.take(ANN);
    assertThat(now.streams()).hasValue(OpenStreams.MOST);
  }

  private void refuses(Caller caller, String words) {
    assertThatThrownBy(() -> streams.take(caller))
        .isInstanceOfSatisfying(McpException.class, refusal -> {
          assertThat(refusal).hasMessage(words);
          assertThat(refusal.code()).isEqualTo(-32600);
          assertThat(refusal.status()).isEqualTo(429);
        });
  }

  private static Caller caller(String subject) {
    return new Caller("acme", subject, null, null, Set.of());
  }
}
