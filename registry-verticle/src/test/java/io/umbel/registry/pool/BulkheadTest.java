package io.umbel.registry.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BulkheadTest {

  private final Vertx vertx = Vertx.vertx();
  private final Bulkhead bulkhead = new Bulkhead(vertx, 1);

  @AfterEach
  void close() {
    vertx.close();
  }

  @Test
  void whoWaitsTooLongGoesAway() {
    var place = bulkhead.enter(10_000).await();
    assertThatThrownBy(() -> bulkhead.enter(20).await())
        .isInstanceOfSatisfying(
            Unavailable.class, no -> assertThat(no.reason()).isEqualTo(Unavailable.Reason.LATE));
    place.giveBack();
    place.giveBack();
    assertThat(bulkhead.busy()).isZero();
    assertThat(bulkhead.enter(10_000).await()).isNotNull();
  }
}
