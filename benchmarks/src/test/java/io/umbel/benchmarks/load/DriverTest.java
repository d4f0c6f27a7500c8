package io.umbel.benchmarks.load;

import static io.umbel.benchmarks.load.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DriverTest {

  private static final int CONNECTIONS = 3;
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final Duration IMPATIENT = Duration.ofMillis(300);

  private static final Dialogue DIALOGUE = new Dialogue(
      "/mcp",
      Map.of("X-Era", "any"),
      "{\"id\":#########,\"say\":\"word #########\"}",
      "\"heard word #########\"");

  @Test
  void countsTheRightAnswersToRequestsThatAllDiffer() throws IOException {
    var asked = ConcurrentHashMap.<String>newKeySet();
    var sample = drive(body -> {
      asked.add(body);
      return List.of(answer(200, right(body)));
    });

    assertThat(sample.faults().first()).isNull();
    assertThat(sample.calls()).isGreaterThan(CONNECTIONS).isEqualTo(asked.size());
    assertThat(sample.latency().getTotalCount()).isEqualTo(sample.calls());
    assertThat(sample.callsPerSecond()).isPositive();
    assertThat(sample.millisAt(99)).isGreaterThanOrEqualTo(sample.millisAt(50)).isPositive();
  }

  @Test
  void readsAnAnswerThatComesInPieces() throws IOException {
    var sample = drive(body -> {
      var whole = answer(200, right(body) + " ".repeat(20_000));
      return List.of(whole.substring(0, 5), whole.substring(5, 60), whole.substring(60));
    });

    assertThat(sample.faults().first()).isNull();
    assertThat(sample.calls()).isGreaterThanOrEqualTo(CONNECTIONS);
  }

  @Test
  void noticesTheIdOfAnotherCall() throws IOException {
    var sample = drive(body -> List.of(answer(200, right(body).replace("\"id\":1", "\"id\":2"))));

    assertAllFail(sample, "another id");
  }

  @Test
  void noticesAnIdThatOnlyBeginsRight() throws IOException {
    var sample = drive(body -> List.of(answer(200, right(body).replace(",\"say", "0,\"say"))));

    assertAllFail(sample, "another id");
  }

  @Test
  void noticesTheContentOfAnotherCall() throws IOException {
    var sample = drive(body -> List.of(answer(200, right(body).replace("word 1", "word 2"))));

    assertAllFail(sample, "another content");
  }

  @Test
  void noticesAStatusThatIsNot200() throws IOException {
    assertAllFail(drive(body -> List.of(answer(503, right(body)))), "status 503");
  }

  @Test
  void noticesASecondAnswerThatNobodyAskedFor() throws IOException {
    var sample = drive(body -> List.of(answer(200, right(body)) + answer(200, right(body))));

    assertAllFail(sample, "more than one answer");
  }

  @Test
  void noticesAClosedConnection() throws IOException {
    assertAllFail(drive(body -> null), "closed");
  }

  @Test
  void noticesAnAnswerThatDoesNotCome() throws IOException {
    assertAllFail(drive(IMPATIENT, body -> List.of()), "no answer within PT0.3S");
  }

  @Test
  void noticesAnAnswerThatStopsHalfway() throws IOException {
    var sample = drive(IMPATIENT, body -> {
      var whole = answer(200, right(body));
      return List.of(whole.substring(0, whole.length() - 1));
    });

    assertAllFail(sample, "no answer within PT0.3S");
  }

  private static void assertAllFail(Sample sample, String how) {
    assertThat(sample.calls()).isZero();
    assertThat(sample.faults().count()).isEqualTo(CONNECTIONS);
    assertThat(sample.faults().first()).contains(how);
  }

  private static String right(String body) {
    return body.replace("\"word", "\"heard word");
  }

  private static Sample drive(Function<String, List<String>> script) throws IOException {
    return drive(PATIENT, script);
  }

  private static Sample drive(Duration patience, Function<String, List<String>> script)
      throws IOException {
    try (var server = new ScriptedServer(script);
        var driver = new Driver(server.address(), DIALOGUE, CONNECTIONS, patience)) {
      return driver.run(Duration.ofMillis(500));
    }
  }
}
