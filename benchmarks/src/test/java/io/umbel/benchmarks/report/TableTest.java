package io.umbel.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.benchmarks.report.Measurement.At;
import io.umbel.benchmarks.report.Measurement.Speed;
import io.umbel.benchmarks.report.Measurement.Usage;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableTest {

  private final Results results = new Results(
      List.of(new Line("echo", "raw echo", "echo"), new Line("two", "two processes", "echo")));

  @BeforeEach
  void measure() {
    for (var round = 0; round < 3; round++) {
      var slow = round == 1 ? 3 : 1;
      results.add(new Measurement(
          new At("echo", 64, round),
          new Speed(40_000.0 / slow, 0.5 * slow, 2),
          List.of(new Usage("echo", 8 * slow, 100)),
          5));
      results.add(new Measurement(
          new At("two", 64, round),
          new Speed(10_000.0 / slow, 1.25 * slow, 4),
          List.of(new Usage("gateway", 20 * slow, 200), new Usage("tools", 10 * slow, 150)),
          5));
    }
    results.addStart("two", Duration.ofMillis(1500));
    results.addStart("two", Duration.ofMillis(1700));
  }

  @Test
  void showsMediansEachProcessAndTheRatiosToTheYardstick() {
    assertThat(new Table(results).markdown())
        .contains("| 64 connections | calls/s |")
        .contains("| raw echo | 40,000 | 0.500 | 2.000 | 8.0 | 100 | 1.00 | 1.00 |")
        .contains(
            "| two processes | 10,000 | 1.250 | 4.000 | 20.0 + 10.0 | 200 + 150 | 0.25 | 3.75 |")
        .contains("| two | 1.60 |");
  }

  @Test
  void theJsonHoldsEveryRound() {
    var json = new JsonReport(results).json(new JsonObject());

    var row = json.getJsonArray("rows").getJsonObject(1);
    assertThat(row.getString("row")).isEqualTo("two");
    assertThat(row.getDouble("cpu_micros")).isEqualTo(30.0);
    assertThat(row.getDouble("cpu_ratio")).isEqualTo(3.75);
    assertThat(row.getJsonArray("rounds")).hasSize(3);
    assertThat(json.getJsonObject("starts").getJsonObject("two").getDouble("median_seconds"))
        .isEqualTo(1.6);
  }
}
