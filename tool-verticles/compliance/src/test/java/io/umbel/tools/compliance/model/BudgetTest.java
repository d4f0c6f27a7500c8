package io.umbel.tools.compliance.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.LoneNode;
import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.TestDatabase;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What accounts may use on a day, in a database and without one. */
@Timeout(60)
class BudgetTest {

  private final LoneNode node = new LoneNode();
  private final LoneNode other = new LoneNode();

  @AfterEach
  void close() {
    node.close();
    other.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givesAnAccountItsTokensOnceADay(boolean database) {
    var budget = open(node, database ? TestDatabase.fresh() : null);
    assertThat(budget.take("acme", 101).await()).isEmpty();
    assertThat(budget.take("acme", 60).await()).isPresent();
    assertThat(budget.take("acme", 60).await()).isEmpty();
    assertThat(budget.take("acme", 40).await()).isPresent();
    assertThat(budget.take("acme", 1).await()).isEmpty();
    assertThat(budget.take("other", 100).await()).isPresent();
    node.clock().advance(Duration.ofDays(1));
    assertThat(budget.take("acme", 100).await()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void countsInTheEndWhatWasReallyUsed(boolean database) {
    var budget = open(node, database ? TestDatabase.fresh() : null);
    var share = budget.take("acme", 90).await().orElseThrow();
    budget.settle(share, 20).await();
    var more = budget.take("acme", 80).await().orElseThrow();
    budget.settle(more, 500).await();
    assertThat(budget.take("acme", 1).await()).isEmpty();
    node.clock().advance(Duration.ofDays(1));
    assertThat(budget.take("acme", 100).await()).isPresent();
    budget.settle(more, 0).await();
    assertThat(budget.take("acme", 1).await()).isEmpty();
  }

  @Test
  void holdsOnAllNodesTogether() {
    var url = TestDatabase.fresh();
    var budgets = List.of(open(node, url), open(other, url));
    var asked = new ArrayList<Future<Optional<Budget.Share>>>();
    for (int i = 0; i < 40; i++) {
      asked.add(budgets.get(i % 2).take("acme", 10));
    }
    Future.all(asked).await();
    assertThat(asked).filteredOn(share -> share.result().isPresent()).hasSize(10);
  }

  @Test
  void forgetsWhatIsOld() {
    var url = TestDatabase.fresh();
    var budget = (StoredBudget) open(node, url);
    var today = budget.take("acme", 1).await().orElseThrow().day();
    budget.forgetBefore(today).await();
    assertThat(days(url)).containsExactly(today.toString());
    budget.forgetBefore(LocalDate.MAX.withYear(9999)).await();
    assertThat(days(url)).isEmpty();
  }

  private static List<String> days(DatabaseUrl url) {
    var days = new ArrayList<String>();
    TestDatabase.query(url, "SELECT day FROM compliance.spent_tokens", days::add);
    return days;
  }

  private static Budget open(LoneNode node, DatabaseUrl url) {
    if (url != null) {
      url.installOn(node.vertx());
    }
    return Budget.open(node.vertx(), "compliance", 100).await();
  }
}
