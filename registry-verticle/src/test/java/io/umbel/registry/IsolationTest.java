package io.umbel.registry;

import static io.umbel.registry.Stage.ANN;
import static io.umbel.registry.Stage.awaitThat;
import static io.umbel.registry.Stage.error;
import static io.umbel.registry.Stage.params;
import static io.umbel.registry.Stage.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Outcome;
import io.umbel.contract.Outcome.InputRequired;
import io.umbel.contract.Outcome.Result;
import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Policy;
import io.umbel.registry.server.Policy.Limits;
import io.umbel.registry.upstream.Era;
import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What bad servers, and bad moments of good ones, do to calls. */
@Timeout(30)
class IsolationTest {

  private final Stage stage = new Stage();
  private final PlayedServer git = stage.upstreams.play("git").tool("clone", "Clones.");

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void fiftyFirstCallsAtOnceOpenOneConnection() {
    stage.open();
    stage.registered(server(
        "acme",
        "git",
        policy(new Limits(Duration.ofSeconds(5), 0, 50, 3, Duration.ofSeconds(60)), false)));
    var before = git.opened.size();
    var opening = Promise.<Void>promise();
    git.opening = opening.future();
    var calls = new ArrayList<Future<Outcome>>();
    for (int i = 0; i < 50; i++) {
      calls.add(stage.send(ANN, "tools/call", "git_clone", params("git_clone", new JsonObject())));
    }
    awaitThat(() -> git.opened.size() > before);
    opening.complete();
    Future.all(calls).await();
    assertThat(calls).allSatisfy(call -> assertThat(failure(call.result())).isNull());
    assertThat(git.opened).hasSize(before + 1);
  }

  @Test
  void clientsOfOtherAbilitiesHaveConnectionsOfTheirOwn() {
    stage.open();
    stage.registered("git");
    var before = git.opened.size();
    stage.call("git_clone", new JsonObject());
    stage.call("git_clone", new JsonObject());
    var able = params("git_clone", new JsonObject())
        .put(
            "_meta",
            new JsonObject(
                "{\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{},\"odd\":{}}}"));
    stage.call(ANN, "tools/call", "git_clone", able);
    assertThat(git.opened).hasSize(before + 2);
    assertThat(new ArrayList<>(git.capabilities).get(before + 1))
        .isEqualTo(new JsonObject("{\"elicitation\":{\"form\":{}}}"));
  }

  @Test
  void clientsOfSessionsHaveConnectionsOfTheirOwn() {
    stage.open();
    stage.registered("git");
    var before = git.opened.size();
    for (var revision : new String[] {"2026-07-28", "2025-11-25", "2024-11-05", "2027-01-01"}) {
      stage.call(ANN, "tools/call", "git_clone", of(revision));
    }
    var wanted = new ArrayList<>(git.wanted);
    assertThat(wanted.subList(before, wanted.size())).containsExactly(Era.STATELESS, Era.SESSION);
  }

  @Test
  void whatBeganWithoutASessionGoesOnWithoutOne() {
    stage.open();
    stage.registered("git");
    var before = git.opened.size();
    var answers = JsonObject.of("k", JsonObject.of("action", "accept"));
    stage.call(ANN, "tools/call", "git_clone", of("2025-11-25").put("requestState", "s"));
    stage.call(ANN, "tools/call", "git_clone", of("2025-11-25").put("inputResponses", answers));
    assertThat(new ArrayList<>(git.wanted).subList(before, git.wanted.size()))
        .containsExactly(Era.STATELESS);
  }

  private static JsonObject of(String revision) {
    return params("git_clone", new JsonObject())
        .put("_meta", JsonObject.of("io.modelcontextprotocol/protocolVersion", revision));
  }

  @Test
  void anotherAccountHasAConnectionAndACircuitOfItsOwn() {
    stage.open();
    stage.registered(server(
        "*",
        "git",
        policy(new Limits(Duration.ofSeconds(5), 0, 10, 1, Duration.ofSeconds(60)), false)));
    fail(Reason.UNREACHABLE);
    stage.call("git_clone", new JsonObject());
    assertThat(code(stage.call("git_clone", new JsonObject()))).isEqualTo("CIRCUIT_OPEN");
    git.calls = (question, hearing) -> Future.succeededFuture(PlayedServer.text("fine"));
    var params = params("git_clone", new JsonObject());
    assertThat(failure(stage.call(Stage.BOB, "tools/call", "git_clone", params)))
        .isNull();
  }

  /** Appendix C 8. */
  @Test
  void aChangedCredentialIsUsedByTheNextCall() {
    stage.open();
    var server = stage.registered("git");
    stage.call("git_clone", new JsonObject());
    var open = git.opened.size();
    var endpoint =
        new Endpoint.Http(URI.create("https://git.example/mcp"), new Credentials.Bearer("new"));
    stage.servers.put(Stage.changed(server, endpoint, server.policy()));
    stage.call("git_clone", new JsonObject());
    awaitThat(() -> git.opened.size() == open + 2);
    assertThat(new ArrayList<>(git.opened).subList(open, open + 2))
        .allSatisfy(each -> assertThat(each.endpoint()).isEqualTo(endpoint));
    awaitThat(() -> git.closed.get() == 2);
  }

  @Test
  void aServerThatIsRemovedIsNotThereForTheNextCall() {
    stage.open();
    var server = stage.registered("git");
    stage.call("git_clone", new JsonObject());
    stage.servers.remove(server);
    assertThat(stage.toolNames(ANN)).isEmpty();
    assertThat(stage.call("git_clone", new JsonObject())).isInstanceOf(Outcome.ProtocolError.class);
    awaitThat(() -> git.closed.get() == git.opened.size());
  }

  /** Appendix C 17. */
  @Test
  void aWriteIsNeverSentTwice() {
    git.tool(definition("push", "idempotentHint"));
    stage.open();
    stage.registered("git");
    fail(Reason.TIMEOUT);
    assertThat(code(stage.call("git_clone", new JsonObject()))).isEqualTo("UPSTREAM_TIMEOUT");
    assertThat(code(stage.call("git_push", new JsonObject()))).isEqualTo("UPSTREAM_TIMEOUT");
    assertThat(git.called("tools/call")).hasSize(2);
  }

  @Test
  void whatWasNeverDeliveredIsSentAgain() {
    stage.open();
    stage.registered("git");
    var tries = new AtomicInteger();
    git.calls = (question, hearing) -> tries.incrementAndGet() < 3
        ? Future.failedFuture(PlayedServer.trouble(Reason.UNREACHABLE, false))
        : Future.succeededFuture(PlayedServer.text("at last"));
    assertThat(failure(stage.call("git_clone", new JsonObject()))).isNull();
    assertThat(tries).hasValue(3);
  }

  @Test
  void readsAndWhatTrustedServersCallIdempotentIsSentAgainButNotForEver() {
    git.tool(definition("push", "idempotentHint"));
    git.add("resources", JsonObject.of("uri", "git://a", "name", "a"));
    stage.open();
    stage.registered(server("acme", "git", policy(Limits.USUAL, true)));
    fail(Reason.UNREACHABLE);
    assertThat(code(stage.call("git_push", new JsonObject()))).isEqualTo("UPSTREAM_ERROR");
    assertThat(git.called("tools/call")).hasSize(3);
    stage.call(ANN, "resources/read", "git://a", JsonObject.of("uri", "git://a"));
    assertThat(git.called("resources/read")).hasSize(3);
  }

  /** Appendix C 18. */
  @Test
  void whenToTryAgainIsPassedOn() {
    stage.open();
    stage.registered("git");
    git.calls = (question, hearing) ->
        Future.failedFuture(new UpstreamFailure(Reason.OVERLOADED, "429", false, 60_000));
    var error = error(stage.call("git_clone", new JsonObject()));
    assertThat(error.getJsonObject("details").getLong("retry_after_ms")).isEqualTo(60_000);
    assertThat(git.called("tools/call")).hasSize(1);
  }

  @Test
  void threeFailuresInARowOpenTheCircuitAndErrorsOfToolsDoNot() {
    stage.open();
    stage.registered("git");
    git.calls = (question, hearing) -> Future.succeededFuture(
        new Answer.Result(new JsonObject("{\"content\":[],\"isError\":true}")));
    for (int i = 0; i < 5; i++) {
      stage.call("git_clone", new JsonObject());
    }
    fail(Reason.TIMEOUT);
    for (int i = 0; i < 3; i++) {
      assertThat(code(stage.call("git_clone", new JsonObject()))).isEqualTo("UPSTREAM_TIMEOUT");
    }
    var asked = git.called("tools/call").size();
    var error = error(stage.call("git_clone", new JsonObject()));
    assertThat(error.getString("code")).isEqualTo("CIRCUIT_OPEN");
    assertThat(error.getJsonObject("details"))
        .isEqualTo(JsonObject.of(
            "reason", "circuit_open",
            "retry_after_ms", 60_000,
            "code", "MCP_UPSTREAM_CIRCUIT_OPEN",
            "server", "git"));
    assertThat(git.called("tools/call")).hasSize(asked);
    assertThat(circuit()).isEqualTo(2);
  }

  /** Appendix C 20. */
  @Test
  void aHalfOpenCircuitLetsOneCallTry() {
    stage.open();
    stage.registered(server(
        "acme",
        "git",
        policy(new Limits(Duration.ofSeconds(5), 0, 10, 1, Duration.ofSeconds(60)), false)));
    fail(Reason.UNREACHABLE);
    stage.call("git_clone", new JsonObject());
    stage.node.clock().advance(Duration.ofSeconds(61));
    var answer = Promise.<Answer>promise();
    git.calls = (question, hearing) -> answer.future();
    var asked = git.called("tools/call").size();
    var probe = stage.send(ANN, "tools/call", "git_clone", params("git_clone", new JsonObject()));
    awaitThat(() -> git.called("tools/call").size() == asked + 1);
    assertThat(code(stage.call("git_clone", new JsonObject()))).isEqualTo("CIRCUIT_OPEN");
    answer.complete(PlayedServer.text("back"));
    assertThat(failure(probe.await())).isNull();
    assertThat(failure(stage.call("git_clone", new JsonObject()))).isNull();
    assertThat(circuit()).isZero();
  }

  @Test
  void soManyCallsAtOnceAndAsManyMoreWait() {
    stage.open();
    stage.registered(server(
        "acme",
        "git",
        policy(new Limits(Duration.ofSeconds(5), 0, 1, 3, Duration.ofSeconds(60)), false)));
    var answer = Promise.<Answer>promise();
    git.calls = (question, hearing) -> answer.future();
    List<Future<Outcome>> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      calls.add(stage.send(ANN, "tools/call", "git_clone", params("git_clone", new JsonObject())));
    }
    assertThat(code(calls.get(2).await())).isEqualTo("RATE_LIMITED");
    assertThat(git.called("tools/call")).hasSize(1);
    answer.complete(PlayedServer.text("done"));
    assertThat(failure(calls.get(0).await())).isNull();
    assertThat(failure(calls.get(1).await())).isNull();
  }

  @Test
  void whoIsAskedSomethingHoldsUpNobody() {
    git.modern = false;
    stage.open();
    stage.registered(server(
        "acme",
        "git",
        policy(new Limits(Duration.ofSeconds(5), 0, 1, 3, Duration.ofSeconds(60)), false)));
    git.calls = (question, hearing) ->
        hearing.asked("roots/list", new JsonObject()).map(roots -> PlayedServer.text("roots"));
    var able = params("git_clone", new JsonObject())
        .put(
            "_meta",
            new JsonObject("{\"io.modelcontextprotocol/clientCapabilities\":{\"roots\":{}}}"));
    for (int i = 0; i < 3; i++) {
      assertThat(stage.call(ANN, "tools/call", "git_clone", able))
          .isInstanceOf(InputRequired.class);
    }
  }

  @Test
  void theServersTimeIsWhatACallHas() {
    stage.open();
    stage.registered(server(
        "acme",
        "git",
        policy(new Limits(Duration.ofMillis(700), 0, 1, 3, Duration.ofSeconds(60)), false)));
    stage.call("git_clone", new JsonObject());
    assertThat(git.called("tools/call").get(0).timeout())
        .isBetween(Duration.ofMillis(1), Duration.ofMillis(700));
  }

  @Test
  void whatNobodyUsesIsClosedAndAStopClosesTheRest() {
    stage.open();
    var server = stage.registered("git");
    stage.call("git_clone", new JsonObject());
    assertThat(git.opened).hasSize(2);
    stage.end();
    assertThat(git.closed).hasValue(2);
    assertThat(stage.meters.get("mcp.upstream.server.health").gauge().value()).isZero();
    assertThat(server.namespace()).isEqualTo("git");
  }

  @Test
  void countsCallsByServerToolAndStatus() {
    stage.open();
    stage.registered("git");
    stage.call("git_clone", new JsonObject());
    fail(Reason.TIMEOUT);
    stage.call("git_clone", new JsonObject());
    for (var status : List.of("succeeded", "failed")) {
      assertThat(stage
              .meters
              .get("mcp.client.calls")
              .tags("server", "acme/git", "tool", "clone", "status", status)
              .counter()
              .count())
          .isEqualTo(1);
    }
    assertThat(stage
            .meters
            .get("mcp.upstream.server.health")
            .tags("server", "acme/git")
            .gauge()
            .value())
        .isEqualTo(1);
  }

  @Test
  void countsNothingAnyLongerOfAServerThatIsGone() {
    stage.open();
    var server = stage.registered("git");
    stage.call("git_clone", new JsonObject());
    assertThat(stage.meters.find("mcp.client.calls").counters()).isNotEmpty();
    stage.servers.remove(server);
    awaitThat(() -> stage.meters.getMeters().stream()
        .noneMatch(each -> "acme/git".equals(each.getId().getTag("server"))));
  }

  private void fail(Reason reason) {
    git.calls = (question, hearing) -> Future.failedFuture(PlayedServer.trouble(reason, true));
  }

  private double circuit() {
    return stage
        .meters
        .get("mcp.circuit.state")
        .tags("server", "acme/git")
        .gauge()
        .value();
  }

  private static Policy policy(Limits limits, boolean trusted) {
    return new Policy(true, trusted, null, true, true, limits);
  }

  private static JsonObject definition(String name, String hint) {
    return new JsonObject()
        .put("name", name)
        .put("inputSchema", JsonObject.of("type", "object"))
        .put("annotations", JsonObject.of(hint, true));
  }

  private static Object failure(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Result.class);
    return ((Result) outcome).failure();
  }

  private static String code(Outcome outcome) {
    return error(outcome).getString("code");
  }
}
