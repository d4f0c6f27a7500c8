package io.umbel.tools.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InOrderTest {

  @Test
  void keepsTheOrderWhicheverEndsFirst() {
    var open = new ArrayList<Promise<String>>();
    var all = InOrder.each(List.of("a", "b", "c"), 2, entry -> {
      open.add(Promise.promise());
      return open.get(open.size() - 1).future().map(end -> entry + end);
    });
    assertThat(open).hasSize(2);
    open.get(1).complete("1");
    assertThat(open).hasSize(3);
    open.get(2).complete("2");
    assertThat(all.isComplete()).isFalse();
    open.get(0).complete("3");
    assertThat(all.result()).containsExactly("a3", "b1", "c2");
  }

  @Test
  void isDoneAtOnceWhereThereIsNothingToDo() {
    assertThat(InOrder.each(List.<String>of(), 10, Future::succeededFuture).result())
        .isEmpty();
  }

  @Test
  void beginsNothingMoreWhereOneFails() {
    var begun = new ArrayList<Integer>();
    var all = InOrder.each(List.of(1, 2, 3), 1, entry -> {
      begun.add(entry);
      return Future.<Integer>failedFuture("no");
    });
    assertThat(all.failed()).isTrue();
    assertThat(begun).containsExactly(1);
  }
}
