package io.umbel.registry.upstream.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StdioUpstreamsTest {

  private static final Vertx VERTX = Vertx.vertx();

  @TempDir
  Path directory;

  private Workshop workshop;
  private Server server;

  @AfterEach
  void stop() {
    if (workshop != null) {
      workshop.close();
    }
  }

  @AfterAll
  static void close() {
    VERTX.close().await();
  }

  @Test
  void speaksWithAServerOfSessions() {
    var way = open("session");
    assertThat(way.facts().modern()).isFalse();
    assertThat(way.facts().revision()).isEqualTo("2025-06-18");
    var arguments = new JsonObject().put("a", 1).putNull("b");
    assertThat(workshop.call(way, "echo", arguments, new Workshop.Deaf()).await())
        .isEqualTo(arguments.encode());
  }

  @Test
  void speaksWithAServerWithoutSessions() {
    var way = open("stateless");
    assertThat(way.facts().modern()).isTrue();
    assertThat(workshop.call(way, "echo").await()).isEqualTo("{}");
  }

  @Test
  void opensASessionWithOneThatSaysNothingToTheFirstQuestion() {
    assertThat(open("silent").facts().modern()).isFalse();
  }

  @Test
  void startsOneThatDiesOfTheFirstQuestionAgainWithoutIt() {
    assertThat(open("dying").facts().modern()).isFalse();
  }

  @Test
  void givesUpOneThatNeverAnswers() throws InterruptedException {
    var times = new StdioSettings.Times(
        Duration.ofSeconds(2),
        Duration.ofMillis(300),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofSeconds(2));
    begin(Allowance.NONE, times);
    var failure = workshop.failure(workshop.open(Workshop.scripted("mute")));
    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(failure).hasMessage("The process did not tell of itself within 2 s");
    assertThat(failure.delivered()).isFalse();
    Gone.awaitEmpty(directory);
  }

  @Test
  void endsAtOnceThoughAProcessHasNotToldOfItselfYet() throws Exception {
    begin();
    var opening = workshop.open(Workshop.scripted("mute"));
    while (directory.toFile().list().length == 0) {
      Thread.onSpinWait(); // until it runs
    }
    workshop.run(() -> workshop.upstreams().close()).await(10, TimeUnit.SECONDS);
    assertThat(workshop.failure(opening).reason()).isEqualTo(Reason.UNREACHABLE);
    Gone.awaitEmpty(directory);
  }

  @Test
  void endsAtOnceThoughOneThatFailedIsToBeStartedAgainLater() throws Exception {
    begin();
    var server = Workshop.scripted("stillborn");
    workshop.failure(workshop.open(server));
    var again = workshop.open(server);
    workshop.run(() -> workshop.upstreams().close()).await(10, TimeUnit.SECONDS);
    assertThat(workshop.failure(again)).hasMessage("The server was stopped");
  }

  @Test
  void saysWithWhichStatusAProcessEndedThatNeverSpoke() {
    begin();
    var failure = workshop.failure(workshop.open(Workshop.scripted("stillborn")));
    assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(failure).hasMessage("The process ended with status 7");
  }

  @Test
  void saysThatACommandIsNotFound() {
    begin();
    var server = Workshop.server(List.of("no-such-command"), Map.of());
    assertThat(workshop.failure(workshop.open(server))).hasMessage("The command is not found");
  }

  @Test
  void runsOneProcessForAllWhoUseIt() {
    begin();
    var server = Workshop.scripted("session");
    var ways = IntStream.range(0, 50).mapToObj(n -> workshop.open(server)).toList();
    var places =
        ways.stream().map(way -> workshop.call(way.await(), "where").await()).distinct();
    assertThat(places).hasSize(1);
  }

  @Test
  void givesItAnEmptyDirectoryAndLittleEnvironment() throws IOException {
    begin();
    var env = Map.of("GREETING", "hello");
    var server = Workshop.server(ScriptedServer.command("session"), env);
    var way = workshop.open(server).await();
    var place = Path.of(workshop.call(way, "where").await().replaceFirst(" .*", ""));
    assertThat(place.getParent()).isEqualTo(directory.toRealPath());
    assertThat(place).isEmptyDirectory();
    var found = new JsonObject(workshop.call(way, "environment").await()).getJsonObject("env");
    assertThat(found.getString("GREETING")).isEqualTo("hello");
    assertThat(found.getString("TMPDIR")).isEqualTo(place.toString());
    found.remove("GREETING");
    Inheritance.of(System.getenv(), Set.of()).keySet().forEach(found::remove);
    assertThat(found.fieldNames()).isSubsetOf("TMPDIR", "PWD", "OLDPWD", "_", "SHLVL");
  }

  @Test
  void startsNothingThatTheOperatorDoesNotAllow() {
    begin();
    var server = Workshop.server("acme", List.of("touch", directory + "/made"), Map.of());
    var failure = workshop.failure(workshop.open(server));
    assertThat(failure.reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(failure).hasMessage("The operator does not allow this command with these arguments");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void startsWhatTheOperatorAllows() {
    var command = ScriptedServer.command("session");
    begin(Allowance.of(List.of(String.join(" ", command)), List.of()), Workshop.QUICK);
    var server = Workshop.server("acme", command, Map.of());
    assertThat(workshop.open(server).await().facts().modern()).isFalse();
  }

  @Test
  void startsNothingThatAnotherNodeOwns() {
    begin();
    workshop.owns(false);
    var failure = workshop.failure(workshop.open(Workshop.scripted("session")));
    assertThat(failure).hasMessage("Another node runs this server; try again shortly");
    assertThat(failure.delivered()).isFalse();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void endsTheProcessThatAnotherNodeIsToRun() throws Exception {
    var way = open("session");
    var heard = new Workshop.Heard();
    way.listen(heard);
    var process = process(way);
    workshop.owns(false);
    Gone.awaitEnd(List.of(process));
    assertThat(heard.next()).isEqualTo("Another node runs this server now");
    assertThat(workshop.failure(workshop.call(way, "echo")).delivered()).isFalse();
    Gone.awaitEmpty(directory);
  }

  @Test
  void startsItHereOnlyWhenItEndedThere() {
    var way = open("session");
    var other = new Workshop(VERTX, Workshop.settings(directory, Allowance.NONE, Workshop.QUICK));
    var there = other.open(server);
    assertThat(there.isComplete()).isFalse();
    var process = process(way);
    workshop.owns(false);
    assertThat(other.call(there.await(), "echo").await()).isEqualTo("{}");
    assertThat(process.isAlive()).isFalse();
    other.close();
  }

  @Test
  void letsCallsUnderWayEndBeforeItEndsTheProcess() {
    begin();
    var way = workshop.open(Workshop.scripted("session"), forms()).await();
    var asked = new Asked();
    var answer = workshop.call(way, "ask", elicitation(), asked);
    asked.question();
    workshop.owns(false);
    asked.answer();
    assertThat(answer.await()).contains("accept");
  }

  @Test
  void asksWhoeverCalls() {
    begin();
    var way = workshop.open(Workshop.scripted("session"), forms()).await();
    var asked = new Asked();
    var answer = workshop.call(way, "ask", elicitation(), asked);
    assertThat(asked.question()).isEqualTo("elicitation/create {\"message\":\"Who?\"}");
    asked.answer();
    assertThat(answer.await()).isEqualTo("{\"id\":\"q1\",\"result\":{\"action\":\"accept\"}}");
  }

  @Test
  void tellsTheServerWhatAClientCannotBeAsked() {
    var way = open("session");
    assertThat(workshop.call(way, "ask", elicitation(), new Asked()).await())
        .isEqualTo("{\"id\":\"q1\",\"error\":{\"code\":-32601,\"message\":"
            + "\"The client of this call did not declare {\\\"elicitation\\\":{}}\"}}");
  }

  @Test
  void tellsAllWhoListen() {
    begin();
    var server = Workshop.scripted("session");
    var first = workshop.open(server).await();
    var second = workshop.open(server).await();
    var heardByFirst = new Workshop.Heard();
    var heardBySecond = new Workshop.Heard();
    workshop
        .run(() -> {
          first.listen(heardByFirst);
          second.listen(heardBySecond);
          return first.watch("file:///a", true);
        })
        .await();
    workshop.call(second, "change").await();
    assertThat(heardByFirst.next()).isEqualTo("tools");
    assertThat(heardByFirst.next()).isEqualTo("file:///a");
    assertThat(heardBySecond.next()).isEqualTo("tools");
    workshop.run(first::close).await();
    workshop.call(second, "change").await();
    assertThat(heardBySecond.next()).isEqualTo("tools");
  }

  @Test
  void skipsWhatIsNoMcp() {
    var way = open("session");
    assertThat(workshop.call(way, "chatter").await()).isEqualTo("chattered");
  }

  @Test
  void isNotHeldUpByAFloodOfErrors() {
    var way = open("session");
    assertThat(workshop.call(way, "flood").await()).isEqualTo("flooded");
  }

  @Test
  void refusesAnAnswerThatIsTooLargeAndGoesOn() {
    var way = open("session");
    var failure = workshop.failure(workshop.call(way, "large"));
    assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(failure).hasMessage("The answer has more than 1048576 bytes");
    assertThat(workshop.call(way, "echo").await()).isEqualTo("{}");
  }

  @Test
  void startsAProcessAgainThatEndedByItself() {
    var way = open("session");
    var heard = new Workshop.Heard();
    way.listen(heard);
    var failure = workshop.failure(workshop.call(way, "exit"));
    assertThat(failure).hasMessage("The process ended with status 3");
    assertThat(failure.delivered()).isTrue();
    assertThat(heard.next()).isEqualTo("The process ended with status 3");
    var again = workshop.failure(workshop.call(way, "echo"));
    assertThat(again.delivered()).isFalse();
    var anew = workshop.open(server).await();
    assertThat(workshop.call(anew, "echo").await()).isEqualTo("{}");
  }

  @Test
  void doesNotStartOneAtOnceThatEndsAgainAndAgain() {
    begin();
    var server = Workshop.server(List.of("false"), Map.of());
    assertThat(workshop.failure(workshop.open(server)))
        .hasMessage("The process ended with status 1");
    workshop.failure(workshop.open(server));
    workshop.failure(workshop.open(server));
    var resting = workshop.failure(workshop.open(server));
    assertThat(resting)
        .hasMessageMatching("The process ended with status 1. It is started again in [34] s");
    assertThat(resting.retryAfterMillis()).isBetween(2_000L, 4_000L);
    workshop.run(() -> workshop.upstreams().stop(server.key().id())).await();
    assertThat(workshop.failure(workshop.open(server)))
        .hasMessage("The process ended with status 1");
  }

  @Test
  void replacesTheProcessOfAServerThatIsSetUpOtherwise() {
    var way = open("session");
    var process = process(way);
    var changed = new Server(
        server.key(), server.name(), server.namespace(), server.endpoint(), server.policy(), 2);
    var now = workshop.open(changed).await();
    assertThat(process.isAlive()).isFalse();
    assertThat(workshop.call(now, "echo").await()).isEqualTo("{}");
  }

  @Test
  void endsAProcessThatNobodyUses() throws Exception {
    var times = new StdioSettings.Times(
        Duration.ofSeconds(20),
        Duration.ofMillis(300),
        Duration.ofMinutes(1),
        Duration.ofMillis(500),
        Duration.ofSeconds(2));
    begin(Allowance.NONE, times);
    var way = workshop.open(Workshop.scripted("session")).await();
    var process = process(way);
    workshop.run(way::close).await();
    Gone.awaitEnd(List.of(process));
    Gone.awaitEmpty(directory);
  }

  @Test
  void endsOneThatClings() {
    var way = open("clinging");
    var process = process(way);
    workshop.run(() -> workshop.upstreams().stop(server.key().id())).await();
    assertThat(process.isAlive()).isFalse();
  }

  private void begin() {
    begin(Allowance.NONE, Workshop.QUICK);
  }

  private void begin(Allowance allowance, StdioSettings.Times times) {
    workshop = new Workshop(VERTX, Workshop.settings(directory, allowance, times));
  }

  private Upstream open(String behaviour) {
    begin();
    server = Workshop.scripted(behaviour);
    return workshop.open(server).await();
  }

  private ProcessHandle process(Upstream way) {
    var pid = workshop.call(way, "where").await().replaceFirst(".* ", "");
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static JsonObject elicitation() {
    return new JsonObject().put("method", "elicitation/create");
  }

  private static JsonObject forms() {
    return new JsonObject().put("elicitation", new JsonObject());
  }
}
