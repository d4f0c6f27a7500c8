package io.umbel.registry;

import static io.umbel.registry.Stage.ANN;
import static io.umbel.registry.Stage.BOB;
import static io.umbel.registry.Stage.awaitThat;
import static io.umbel.registry.Stage.error;
import static io.umbel.registry.Stage.params;
import static io.umbel.registry.Stage.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Caller;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Outcome;
import io.umbel.contract.Outcome.InputRequired;
import io.umbel.contract.Outcome.ProtocolError;
import io.umbel.contract.Outcome.Result;
import io.umbel.registry.server.Policy;
import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.NoAnswer;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients see of servers, and servers of clients. */
@Timeout(30)
class BridgeTest {

  private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
  private static final Caller NARROWED =
      new Caller(ANN.account(), ANN.subject(), null, null, Set.of(), ANN.reach().toServer("git"));

  private final Stage stage = new Stage();
  private final PlayedServer git = stage.upstreams.play("git");

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void listsToolsByNamesThatTellServersApart() {
    git.tool("clone", "Clones.").tool("log", "Logs.");
    stage.upstreams.play("hub").tool("clone", "Clones too.");
    stage.open();
    stage.registered("git");
    stage.registered("hub");
    assertThat(stage.toolNames(ANN)).containsExactly("git_clone", "git_log", "hub_clone");
    var tool = stage.provided(ANN).offers().tools().get(0);
    assertThat(tool.tags()).containsExactly("unscoped", "upstream", "git");
    assertThat(tool.timeoutMillis()).isEqualTo(16_000);
    assertThat(tool.definition().getJsonObject("_meta").getJsonObject("io.umbel/server"))
        .isEqualTo(JsonObject.of("name", "git", "namespace", "git"));
  }

  @Test
  void aCallerNarrowedToOneServerHasItsOwnNamesAndNothingElse() {
    git.tool("clone", "Clones.");
    stage.upstreams.play("hub").tool("fork", "Forks.");
    stage.open();
    stage.registered("git");
    stage.registered("hub");
    assertThat(stage.toolNames(NARROWED)).containsExactly("clone");
    assertThat(stage.call(NARROWED, "tools/call", "clone", params("clone", new JsonObject())))
        .isInstanceOf(Result.class);
    for (var name : new String[] {"git_clone", "fork", "hub_fork"}) {
      assertThat(stage.call(NARROWED, "tools/call", name, params(name, new JsonObject())))
          .isEqualTo(new ProtocolError(-32602, "Unknown tool: " + name, null));
    }
  }

  @Test
  void whoIsNarrowedToAServerThatThereIsNotHearsSo() {
    stage.open();
    assertThat(stage.gateway.provide(stage.registry(), NARROWED).await())
        .isEqualTo(new ProtocolError(-32602, "Unknown server: git", null));
  }

  @Test
  void passesArgumentsOnToTheLastDigit() {
    git.tool("clone", "Clones.");
    stage.open();
    stage.registered("git");
    var raw = "{\"name\":\"git_clone\",\"arguments\":{\"a\":null,\"b\":{\"c\":[1,null,{\"d\":"
        + "0.12345678901234567890123}]},\"e\":123456789012345678901234567890,\"f\":\"ü\\u0000\"},"
        + "\"later\":{\"x\":1},\"_meta\":{\"progressToken\":\"p\",\"com.example/x\":true,"
        + "\"traceparent\":\"00-0-0-01\",\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
        + "\"io.modelcontextprotocol/clientCapabilities\":{\"sampling\":{\"odd\":1}}}}";
    stage.call(ANN, "tools/call", "git_clone", Buffer.buffer(raw));
    var question = git.called("tools/call").get(0);
    assertThat(question.params().getString("name")).isEqualTo("clone");
    assertThat(question.params().getJsonObject("arguments").encode())
        .isEqualTo("{\"a\":null,\"b\":{\"c\":[1,null,{\"d\":0.12345678901234567890123}]},"
            + "\"e\":123456789012345678901234567890,\"f\":\"ü\\u0000\"}");
    assertThat(question.params().getJsonObject("later")).isEqualTo(JsonObject.of("x", 1));
    var meta = question.params().getJsonObject("_meta");
    assertThat(meta.getString("progressToken")).isEqualTo("p");
    assertThat(meta.getString("traceparent")).isEqualTo("00-0-0-01");
    assertThat(meta.getBoolean("com.example/x")).isTrue();
    assertThat(meta.getJsonObject(CAPABILITIES))
        .isEqualTo(JsonObject.of("sampling", new JsonObject()));
    assertThat(meta.getString("io.umbel/correlationId")).startsWith("correlation-");
    assertThat(meta.containsKey("io.modelcontextprotocol/protocolVersion")).isFalse();
  }

  /** Appendix C 10. */
  @Test
  void isErrorStructuredContentAndNullsAreNotLostInProxying() {
    git.tool("clone", "Clones.");
    stage.open();
    stage.registered("git");
    var result = new JsonObject(
        "{\"content\":[{\"type\":\"image\",\"data\":\"AA==\",\"mimeType\":"
            + "\"image/png\",\"x\":null},{\"type\":\"resource_link\",\"uri\":\"a://b\",\"name\":\"b\"},"
            + "{\"type\":\"odd\"}],\"structuredContent\":[1,null],\"isError\":true,\"more\":{\"y\":null}}");
    var meta = new JsonObject("{\"com.example/z\":1,\"io.modelcontextprotocol/serverInfo\":{}}");
    git.calls = (question, hearing) -> Future.succeededFuture(
        new Answer.Result(result.copy().put("_meta", meta).put("resultType", "complete")));
    var outcome = (Result) stage.call("git_clone", new JsonObject());
    assertThat(outcome.json().toJsonObject()).isEqualTo(result);
    assertThat(new JsonObject(outcome.meta()))
        .isEqualTo(new JsonObject("{\"com.example/z\":1,\"io.umbel/serverInfo\":{}}"));
    assertThat(outcome.failure()).isNull();
  }

  /** Appendix C 11. */
  @Test
  void aProxiedNameOfOneAccountMeansNothingToAnother() {
    git.tool("clone", "Clones.");
    stage.open();
    stage.registered("git");
    assertThat(stage.toolNames(BOB)).isEmpty();
    assertThat(stage.call(BOB, "tools/call", "git_clone", params("git_clone", new JsonObject())))
        .isEqualTo(new ProtocolError(-32602, "Unknown tool: git_clone", null));
    assertThat(git.called("tools/call")).isEmpty();
  }

  @Test
  void everyoneHasTheOperatorsServers() {
    git.tool("clone", "Clones.");
    stage.open();
    stage.registered(server("*", "git", Policy.USUAL));
    assertThat(stage.toolNames(ANN)).containsExactly("git_clone");
    assertThat(stage.toolNames(BOB)).containsExactly("git_clone");
  }

  @Test
  void argumentsThatBreakTheSchemaGoNowhere() {
    git.tool(new JsonObject()
        .put("name", "clone")
        .put(
            "inputSchema",
            new JsonObject("{\"type\":\"object\",\"required\":[\"url\"],"
                + "\"properties\":{\"url\":{\"type\":\"string\"}}}")));
    stage.open();
    stage.registered("git");
    var outcome = (Result) stage.call("git_clone", JsonObject.of("url", 1));
    assertThat(outcome.failure()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(error(outcome).getString("message"))
        .isEqualTo(
            "The arguments of git_clone break its schema: /url: integer found, string expected");
    assertThat(git.called("tools/call")).isEmpty();
  }

  @Test
  void aToolThatIsNotEnabledIsNeitherListedNorCalled() {
    git.tool("clone", "Clones.").tool("push", "Pushes.");
    stage.open();
    var policy = new Policy(true, false, Set.of("clone"), true, true, Policy.Limits.USUAL);
    stage.registered(server("acme", "git", policy));
    assertThat(stage.toolNames(ANN)).containsExactly("git_clone");
    var error = error(stage.call("git_push", new JsonObject()));
    assertThat(error.getString("code")).isEqualTo("ACCESS_DENIED");
    assertThat(error.getJsonObject("details").getString("code"))
        .isEqualTo("MCP_UPSTREAM_TOOL_NOT_ALLOWED");
    assertThat(git.called("tools/call")).isEmpty();
  }

  @Test
  void toolsThatNeedTasksAreNotListedAndNobodySeesTheWord() {
    git.tool(definition("a").put("execution", JsonObject.of("taskSupport", "required")))
        .tool(definition("b").put("execution", JsonObject.of("taskSupport", "optional")));
    stage.open();
    stage.registered("git");
    assertThat(stage.toolNames(ANN)).containsExactly("git_b");
    var tool = stage.provided(ANN).offers().tools().get(0);
    assertThat(tool.definition().containsKey("execution")).isFalse();
  }

  @Test
  void questionsOfAModernServerPassAsTheyAreAndSoDoTheAnswers() {
    git.tool("clone", "Clones.");
    stage.open();
    stage.registered("git");
    var asks = Buffer.buffer("{\"inputRequests\":{\"k\":{\"method\":\"elicitation/create\","
        + "\"params\":{\"message\":\"?\",\"x\":null}}},\"requestState\":\"s\"}");
    git.calls = (question, hearing) -> Future.succeededFuture(new Answer.InputRequired(asks));
    var able = able("git_clone", new JsonObject("{\"elicitation\":{}}"));
    assertThat(stage.call(ANN, "tools/call", "git_clone", able))
        .isEqualTo(new InputRequired(asks, null));
    var back = able.copy()
        .put("requestState", "s")
        .put("inputResponses", JsonObject.of("k", JsonObject.of("action", "accept")));
    stage.call(ANN, "tools/call", "git_clone", back);
    var second = git.called("tools/call").get(1).params();
    assertThat(second.getString("requestState")).isEqualTo("s");
    assertThat(second.getJsonObject("inputResponses"))
        .isEqualTo(back.getJsonObject("inputResponses"));
  }

  @Test
  void aModernServerMayNotAskWhatTheClientNeverDeclared() {
    git.tool("clone", "Clones.");
    stage.open();
    stage.registered("git");
    var asks = Buffer.buffer("{\"inputRequests\":{\"k\":{\"method\":\"sampling/createMessage\"}}}");
    git.calls = (question, hearing) -> Future.succeededFuture(new Answer.InputRequired(asks));
    var outcome = (ProtocolError) stage.call("git_clone", new JsonObject());
    assertThat(outcome.code()).isEqualTo(-32021);
    assertThat(outcome.data())
        .isEqualTo(new JsonObject("{\"requiredCapabilities\":{\"sampling\":{}}}"));
  }

  @Test
  void questionsOfALegacyServerAreAskedOneAfterTheOther() {
    git.modern = false;
    git.tool("clone", "Clones.");
    stage.open();
    stage.registered("git");
    var form = new JsonObject(
        "{\"message\":\"Who?\",\"_meta\":{\"progressToken\":3},\"requestedSchema\":{}}");
    git.calls = (question, hearing) -> {
      assertThat(question.params().containsKey("requestState")).isFalse();
      var first = hearing.asked("elicitation/create", form);
      var second = hearing.asked("roots/list", new JsonObject());
      return Future.all(first, second)
          .map(done ->
              PlayedServer.text(first.result().encode() + second.result().encode()));
    };
    var able = able("git_clone", new JsonObject("{\"elicitation\":{\"form\":{}},\"roots\":{}}"));
    var asked = (InputRequired) stage.call(ANN, "tools/call", "git_clone", able);
    assertThat(asked.parked()).isNotNull();
    var requests = asked.json().toJsonObject().getJsonObject("inputRequests");
    assertThat(requests.getJsonObject("question-1"))
        .isEqualTo(
            new JsonObject("{\"method\":\"elicitation/create\",\"params\":{\"message\":\"Who?\","
                + "\"requestedSchema\":{}}}"));
    var more = (InputRequired) stage.resume(
        ANN, asked, "git_clone", answered(able, "question-1", "{\"action\":\"decline\"}"));
    assertThat(more.json().toJsonObject().getJsonObject("inputRequests").fieldNames())
        .containsExactly("question-2");
    var done = (Result)
        stage.resume(ANN, more, "git_clone", answered(able, "question-2", "{\"roots\":[]}"));
    assertThat(done.json().toString()).contains("decline", "roots");
  }

  /** Questions of a session have no keys but ours: what comes under others was asked by nobody. */
  @Test
  void answersThatNobodyAskedForAnswerNoQuestionOfALegacyServer() {
    git.modern = false;
    git.tool("clone", "Clones.");
    stage.open();
    stage.registered("git");
    git.calls = (question, hearing) -> hearing
        .asked("elicitation/create", JsonObject.of("message", "Who?"))
        .map(answer -> PlayedServer.text(answer.encode()));
    var able = able("git_clone", new JsonObject("{\"elicitation\":{}}"));
    var accepted = "{\"action\":\"accept\",\"content\":{\"name\":\"Ann\"}}";
    var asked = (InputRequired)
        stage.call(ANN, "tools/call", "git_clone", answered(able, "user_name", accepted));
    assertThat(asked.json().toJsonObject().getJsonObject("inputRequests").fieldNames())
        .containsExactly("question-1");
    var more = answered(able, "question-1", accepted);
    more.getJsonObject("inputResponses").put("unknown", new JsonObject().put("baz", 123));
    assertThat(
            ((Result) stage.call(ANN, "tools/call", "git_clone", more)).json().toString())
        .contains("Ann");
  }

  @Test
  void aLegacyServerHearsWhatTheClientCannotBeAskedAndSoDoesTheClient() {
    git.modern = false;
    git.tool("clone", "Clones.");
    stage.open();
    stage.registered("git");
    git.calls = (question, hearing) -> hearing
        .asked("sampling/createMessage", new JsonObject())
        .transform(done -> {
          assertThat(((NoAnswer) done.cause()).code()).isEqualTo(-32601);
          return Future.succeededFuture(new Answer.Refused(-32603, "I cannot", null));
        });
    var outcome = (ProtocolError) stage.call("git_clone", new JsonObject());
    assertThat(outcome.code()).isEqualTo(-32021);
    git.calls = (question, hearing) -> hearing
        .asked("sampling/createMessage", new JsonObject())
        .transform(done -> Future.succeededFuture(PlayedServer.text("without")));
    assertThat(stage.call("git_clone", new JsonObject())).isInstanceOf(Result.class);
  }

  @Test
  void pagesThatAServerWantsVisitedAreShownAndThenItIsAskedAgain() {
    git.modern = false;
    git.tool("clone", "Clones.");
    stage.open();
    stage.registered("git");
    var wants = new JsonObject("{\"elicitations\":[{\"mode\":\"url\",\"elicitationId\":\"e\","
        + "\"url\":\"https://git.example/login\",\"message\":\"Log in\"}]}");
    git.calls = (question, hearing) -> Future.succeededFuture(
        git.called("tools/call").size() == 1
            ? new Answer.Refused(-32042, "Log in", wants)
            : PlayedServer.text("in"));
    assertThat(((ProtocolError) stage.call("git_clone", new JsonObject())).code())
        .isEqualTo(-32021);
    git.asked.clear();
    var able = able("git_clone", new JsonObject("{\"elicitation\":{\"url\":{}}}"));
    var asked = (InputRequired) stage.call(ANN, "tools/call", "git_clone", able);
    assertThat(asked.json().toString()).contains("https://git.example/login", "Log in");
    var done =
        stage.resume(ANN, asked, "git_clone", answered(able, "page-1", "{\"action\":\"accept\"}"));
    assertThat(((Result) done).json().toString()).contains("\"in\"");
    assertThat(git.called("tools/call")).hasSize(2);
    git.asked.clear();
    var again = (InputRequired) stage.call(ANN, "tools/call", "git_clone", able);
    var declined =
        stage.resume(ANN, again, "git_clone", answered(able, "page-1", "{\"action\":\"decline\"}"));
    assertThat(error(declined).getString("message"))
        .isEqualTo("The server \"git\" goes on only when the page it asks for has been visited");
  }

  @Test
  void errorsOfServersKeepTheirCodesExceptThoseOfOneHopOrOneEra() {
    git.tool("clone", "Clones.");
    stage.open();
    stage.registered("git");
    assertThat(refused(-32602, "No such thing"))
        .isEqualTo(new ProtocolError(-32602, "No such thing", null));
    assertThat(refused(-32000, "Odd")).isEqualTo(new ProtocolError(-32000, "Odd", null));
    assertThat(refused(-32002, "Gone"))
        .isEqualTo(new ProtocolError(-32602, "Gone", JsonObject.of("uri", "git_clone")));
    for (var code : new int[] {-32601, -32020, -32021, -32022, -32700, -32600}) {
      assertThat(((Result) refused(code, "x")).failure()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }
  }

  @Test
  void whatGoesWrongOnTheWayIsToldInWordsForTheClient() {
    git.tool("clone", "Clones.");
    stage.open();
    stage.registered("git");
    assertTrouble(Reason.UNREACHABLE, "UPSTREAM_ERROR", "The server \"git\" cannot be reached");
    assertTrouble(Reason.GARBAGE, "UPSTREAM_ERROR", "The server \"git\" answered what is no MCP");
    assertTrouble(Reason.TIMEOUT, "UPSTREAM_TIMEOUT", "The server \"git\" did not answer in time");
  }

  @Test
  void aRefusalOfOurCredentialsIsNoneOfTheClients() {
    git.tool("clone", "Clones.");
    stage.open();
    stage.registered("git");
    assertTrouble(
        Reason.CREDENTIALS,
        "UPSTREAM_ERROR",
        "The server \"git\" does not take the credentials it is registered with; its owner has to"
            + " mend that");
    assertTrouble(
        Reason.FORBIDDEN,
        "UPSTREAM_ERROR",
        "The server \"git\" is at a place where the operator's rules forbid to go");
    assertTrouble(Reason.TOO_LARGE, "TOO_LARGE", "The server \"git\" answered more than is taken");
    git.calls =
        (question, hearing) -> Future.failedFuture(PlayedServer.trouble(Reason.CANCELLED, true));
    assertThat(stage.call("git_clone", new JsonObject()))
        .isEqualTo(new ProtocolError(-32800, "Request cancelled", null));
  }

  @Test
  void readsAndPromptsAndCompletionsGoToWhoseTheyAre() {
    git.add("prompts", JsonObject.of("name", "review"))
        .add("resources", JsonObject.of("uri", "git://readme", "name", "readme"))
        .add("resourceTemplates", JsonObject.of("uriTemplate", "git://f/{id}", "name", "file"));
    stage.upstreams.play("hub").add("resources", JsonObject.of("uri", "git://readme", "name", "x"));
    stage.open();
    stage.registered("git");
    stage.registered("hub");
    var offers = stage.provided(ANN).offers();
    assertThat(offers.prompts().get(0).getString("name")).isEqualTo("git_review");
    assertThat(offers.resources()).hasSize(1);
    assertThat(offers.templates().get(0).getString("uriTemplate")).isEqualTo("git://f/{id}");
    stage.call(ANN, "prompts/get", "git_review", JsonObject.of("name", "git_review"));
    assertThat(git.called("prompts/get").get(0).params().getString("name")).isEqualTo("review");
    for (var uri : new String[] {"git://readme", "git://f/7"}) {
      stage.call(ANN, "resources/read", uri, JsonObject.of("uri", uri));
    }
    assertThat(git.called("resources/read")).hasSize(2);
    var ref = JsonObject.of("type", "ref/prompt", "name", "git_review");
    stage.call(ANN, "completion/complete", "git_review", JsonObject.of("ref", ref));
    assertThat(git.called("completion/complete").get(0).params().getJsonObject("ref"))
        .isEqualTo(JsonObject.of("type", "ref/prompt", "name", "review"));
    assertThat(stage.call(ANN, "resources/read", "git://no", JsonObject.of("uri", "git://no")))
        .isEqualTo(new ProtocolError(
            -32602, "Resource not found: git://no", JsonObject.of("uri", "git://no")));
    assertThat(stage.call(ANN, "prompts/get", "review", JsonObject.of("name", "review")))
        .isEqualTo(new ProtocolError(-32602, "Unknown prompt: review", null));
  }

  @Test
  void pagesOfAppsThatToolsLinkToAreListedAndRead() {
    var meta = new JsonObject("{\"ui\":{\"resourceUri\":\"ui://git/view\"}}");
    git.tool(definition("view").put("_meta", meta));
    stage.open();
    stage.registered("git");
    assertThat(stage.provided(ANN).offers().resources().get(0).getString("uri"))
        .isEqualTo("ui://git/view");
    stage.call(ANN, "resources/read", "ui://git/view", JsonObject.of("uri", "ui://git/view"));
    assertThat(git.called("resources/read").get(0).params().getString("uri"))
        .isEqualTo("ui://git/view");
  }

  @Test
  void aServerThatCompletesNothingProposesNothing() {
    git.add("prompts", JsonObject.of("name", "review"));
    stage.open();
    stage.registered("git");
    git.calls = (question, hearing) ->
        Future.succeededFuture(new Answer.Refused(-32601, "Method not found", null));
    var ref = JsonObject.of("type", "ref/prompt", "name", "git_review");
    var outcome =
        (Result) stage.call(ANN, "completion/complete", "git_review", JsonObject.of("ref", ref));
    assertThat(outcome.json().toJsonObject())
        .isEqualTo(new JsonObject("{\"completion\":{\"values\":[],\"hasMore\":false}}"));
    var prompt = stage.call(ANN, "prompts/get", "git_review", JsonObject.of("name", "git_review"));
    assertThat(((ProtocolError) prompt).code()).isEqualTo(-32603);
  }

  @Test
  void whatAServerOffersStaysListedWhileItIsDownAndSaysSo() {
    git.tool("clone", "Clones.");
    stage.open();
    var server = stage.registered("git");
    stage.servers.put(Stage.changed(server, server.endpoint(), server.policy()));
    git.down = PlayedServer.trouble(Reason.UNREACHABLE, false);
    stage.servers.put(new io.umbel.registry.server.Server(
        server.key(), "git", "git", server.endpoint(), server.policy(), 3));
    awaitThat(() -> !stage.definitions.standing(server.key()).result().healthy());
    awaitThat(() -> stage
        .provided(ANN)
        .offers()
        .tools()
        .get(0)
        .definition()
        .toString()
        .contains("\"stale\":true"));
    assertThat(error(stage.call("git_clone", new JsonObject())).getString("code"))
        .isEqualTo("UPSTREAM_ERROR");
    var strict = new Policy(true, false, null, true, false, Policy.Limits.USUAL);
    stage.servers.put(new io.umbel.registry.server.Server(
        server.key(), "git", "git", server.endpoint(), strict, 4));
    awaitThat(() -> stage.toolNames(ANN).isEmpty());
  }

  @Test
  void callsOfAServerThatIsNotListedWhileItIsDownMayBeMadeAgain() {
    git.tool("clone", "Clones.").tool("push", "Pushes.");
    git.add("prompts", JsonObject.of("name", "review"));
    stage.open();
    var enabled = Set.of("clone");
    var policy = new Policy(true, false, enabled, true, false, Policy.Limits.USUAL);
    var server = stage.registered(server("acme", "git", policy));
    git.down = PlayedServer.trouble(Reason.UNREACHABLE, false);
    stage.servers.put(Stage.changed(server, server.endpoint(), policy));
    awaitThat(() -> stage.toolNames(ANN).isEmpty());
    var error = error(stage.call("git_clone", new JsonObject()));
    assertThat(error.getString("code")).isEqualTo("UPSTREAM_ERROR");
    assertThat(error.getBoolean("retryable")).isTrue();
    assertThat(error.getString("message"))
        .isEqualTo("The server \"git\" does not answer; call again later");
    assertThat(error.getJsonObject("details"))
        .isEqualTo(JsonObject.of("reason", "unhealthy", "server", "git"));
    assertThat(error(stage.call("git_push", new JsonObject())).getString("code"))
        .isEqualTo("ACCESS_DENIED");
    var prompt = (ProtocolError)
        stage.call(ANN, "prompts/get", "git_review", JsonObject.of("name", "git_review"));
    assertThat(prompt.data().getString("error")).isEqualTo("UPSTREAM_ERROR");
    assertThat(git.called("tools/call")).isEmpty();
  }

  private Outcome refused(int code, String message) {
    git.calls =
        (question, hearing) -> Future.succeededFuture(new Answer.Refused(code, message, null));
    return stage.call("git_clone", new JsonObject());
  }

  private void assertTrouble(Reason reason, String code, String text) {
    git.calls = (question, hearing) ->
        Future.failedFuture(new UpstreamFailure(reason, "secret of the owner", true));
    var outcome = stage.call("git_clone", new JsonObject());
    assertThat(outcome.toString()).doesNotContain("secret");
    var error = error(outcome);
    assertThat(error.getString("code")).isEqualTo(code);
    assertThat(error.getString("message")).startsWith(text);
    assertThat(error.getJsonObject("details").getString("server")).isEqualTo("git");
  }

  private static JsonObject definition(String name) {
    return new JsonObject().put("name", name).put("inputSchema", JsonObject.of("type", "object"));
  }

  private static JsonObject able(String tool, JsonObject capabilities) {
    return params(tool, new JsonObject())
        .put("_meta", new JsonObject().put(CAPABILITIES, capabilities));
  }

  private static JsonObject answered(JsonObject params, String key, String answer) {
    return params.copy().put("inputResponses", JsonObject.of(key, new JsonObject(answer)));
  }
}
