package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Caller;
import io.umbel.contract.Reach;
import io.umbel.gateway.access.Account;
import io.umbel.gateway.access.Agent;
import io.umbel.gateway.access.Grant;
import io.umbel.gateway.access.KnownAccounts;
import io.umbel.gateway.access.Project;
import io.umbel.gateway.access.Role;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may act in which project, with which tool, as whom. */
@Timeout(60)
class ProjectAccessTest {

  private static final KnownAccounts ACCOUNTS = new KnownAccounts();
  private static final ScopedTools TOOLS = new ScopedTools();
  private static Gates gates;

  @BeforeAll
  static void start() {
    ACCOUNTS.put(Account.of(
        "acme",
        List.of(project("alpha"), project("beta"), project("gamma")),
        List.of(
            new Agent("reader", "R", "x", "active"),
            new Agent("writer", "W", "x", "active"),
            new Agent("boss", "B", "x", "active"),
            new Agent("retired", "O", "x", "disabled")),
        List.of(
            new Grant("reader", "alpha", Role.READER),
            new Grant("writer", "alpha", Role.WRITER),
            new Grant("boss", "alpha", Role.ADMIN),
            new Grant("retired", "alpha", Role.ADMIN)),
        Set.of()));
    ACCOUNTS.put(Account.of("other", List.of(project("omega")), List.of(), List.of(), Set.of()));
    gates = new Gates(ACCOUNTS, TOOLS);
  }

  @AfterAll
  static void stop() {
    gates.close();
  }

  @ParameterizedTest
  @CsvSource({
    "reader,read,true",
    "reader,peek,true",
    "reader,write,false",
    "reader,destroy,false",
    "writer,read,true",
    "writer,write,true",
    "writer,destroy,false",
    "boss,read,true",
    "boss,write,true",
    "boss,destroy,true",
    "retired,read,false",
    "retired,destroy,false",
    "nobody,read,false"
  })
  void anAgentNeedsTheRoleThatTheToolNeeds(String agent, String tool, boolean allowed) {
    var answer = call(agent(agent, null, null), tool, JsonObject.of("project_id", "alpha"));
    if (allowed) {
      assertThat(shown(answer)).isEqualTo("what is in alpha");
    } else {
      denied(answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"omega", "no-such", "beta", "", "ALPHA", "alpha "})
  void aProjectThatIsForeignMissingOrNotGrantedIsRefusedInTheSameWords(String project) {
    var before = TOOLS.runs.get();
    var error =
        denied(call(agent("boss", null, null), "write", JsonObject.of("project_id", project)));
    assertThat(error.getString("message")).isEqualTo("No access to project " + project);
    assertThat(TOOLS.runs).hasValue(before);
  }

  @Test
  void aPersonNeedsNoGrantButTheProjectOfTheirAccount() {
    var ann = agent(null, null, null);
    var arguments = JsonObject.of("project_id", "beta", "agent_id", "boss");
    assertThat(shown(call(ann, "destroy", JsonObject.of("project_id", "beta"))))
        .isEqualTo("what is in beta");
    denied(call(ann, "write", JsonObject.of("project_id", "omega")));
    denied(call(ann, "destroy", arguments));
    assertThat(shown(call(ann, "destroy", arguments.put("project_id", "alpha"))))
        .isEqualTo("what is in alpha");
    denied(call(ann, "read", arguments.put("agent_id", "nobody")));
  }

  @Test
  void aTokenReachesTheProjectsItIsConfinedToOnly() {
    var confined = agent(null, null, Set.of("alpha"));
    assertThat(shown(call(confined, "peek", JsonObject.of("project_id", "alpha"))))
        .isEqualTo("what is in alpha");
    denied(call(confined, "peek", JsonObject.of("project_id", "beta")));
    denied(call(agent(null, null, Set.of()), "peek", JsonObject.of("project_id", "alpha")));
    denied(call(agent(null, "beta", Set.of("alpha")), "peek", new JsonObject()));
  }

  @Test
  void whoMayNotActEverywhereHasToSayWhere() {
    assertThat(denied(call(agent("reader", null, null), "peek", new JsonObject()))
            .getString("message"))
        .isEqualTo("This token may not act in all projects: say in which one with project_id");
    denied(call(agent(null, null, Set.of("alpha")), "peek", new JsonObject()));
    assertThat(shown(call(agent(null, null, null), "peek", new JsonObject())))
        .isEqualTo("what is in null");
    var error = error(call(agent("reader", null, null), "read", new JsonObject()));
    assertThat(error.getString("code")).isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void nobodySpeaksForAnotherAgent() {
    var arguments = JsonObject.of("project_id", "alpha", "agent_id", "boss");
    var before = TOOLS.runs.get();
    assertThat(denied(call(agent("reader", null, null), "peek", arguments)).getString("message"))
        .isEqualTo("This token speaks for another agent than boss");
    assertThat(TOOLS.runs).hasValue(before);
  }

  @Test
  void whatTheTokenSaysIsNotAskedForAndStandsInTheArguments() {
    var bound = agent("writer", "alpha", null);
    var schema = schema(bound, "read");
    assertThat(schema.getJsonObject("properties").fieldNames()).containsExactly("word");
    assertThat(schema.containsKey("required")).isFalse();
    for (var params : List.of(
        JsonObject.of("name", "write"),
        JsonObject.of("name", "write", "arguments", new JsonObject()),
        JsonObject.of("name", "write").putNull("arguments"),
        JsonObject.of("name", "write", "arguments", JsonObject.of("agent_id", "writer")),
        JsonObject.of("name", "write", "arguments", JsonObject.of("project_id", "alpha")))) {
      for (var answer : List.of(
          gates.modern(0, bound, "tools/call", params).await(),
          gates.legacy(1, bound, "tools/call", params).await())) {
        assertThat(shown(answer)).as("%s", params).isEqualTo("what is in alpha");
        assertThat(structured(answer).getString("agent")).isEqualTo("writer");
      }
    }
    var word = structured(call(bound, "write", JsonObject.of("word", "\u00fc\ud83d\ude00\"")));
    assertThat(word.getString("word")).isEqualTo("\u00fc\ud83d\ude00\"");
    denied(call(bound, "read", JsonObject.of("project_id", "beta")));
  }

  @Test
  void oneWhoseTokenSaysTheProjectOnlyIsAskedForTheAgent() {
    var schema = schema(agent(null, "alpha", null), "read");
    assertThat(schema.getJsonObject("properties").fieldNames()).containsExactly("agent_id", "word");
    assertThat(schema.getJsonArray("required")).containsExactly("agent_id");
    var unbound = schema(agent(null, null, null), "read");
    assertThat(unbound.getJsonArray("required")).containsExactly("project_id", "agent_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "null", "[\"alpha\"]", "{}", "true"})
  void aProjectThatIsNoTextIsRefusedBeforeAnythingElse(String project) {
    raw("{\"project_id\":" + project + "}", "The argument project_id must be a string");
  }

  @Test
  void aProjectNamedTwiceIsRefusedHoweverItIsSpelled() {
    raw(
        "{\"project_id\":\"alpha\",\"project\\u005fid\":\"omega\"}",
        "The argument project_id is there twice");
    raw("{\"agent_id\":\"boss\",\"agent_id\":\"reader\"}", "The argument agent_id is there twice");
  }

  @Test
  void whatOnlyLooksLikeAProjectOfOursIsLeftAlone() {
    var arguments = JsonObject.of("project_id", "group/theirs");
    assertThat(shown(call(agent("reader", "alpha", null), "theirs", arguments)))
        .isEqualTo("what is in group/theirs");
    assertThat(schema(agent("reader", "alpha", null), "theirs")
            .getJsonObject("properties")
            .fieldNames())
        .containsExactly("project_id");
  }

  @Test
  void aGrantThatIsTakenAwayEndsAtTheNextCallOnBothGateways() {
    var accounts = Account.of(
        "brief",
        List.of(project("p")),
        List.of(new Agent("a", "A", "x", "active")),
        List.of(new Grant("a", "p", Role.READER)),
        Set.of());
    ACCOUNTS.put(accounts);
    var caller = new Caller("brief", "ann", "p", "a", Set.of());
    assertThat(shown(call(caller, "read", new JsonObject()))).isEqualTo("what is in p");
    ACCOUNTS.put(Account.empty("brief"));
    Gates.until(
        () -> error(gates.modern(0, caller, "tools/call", Talk.tool("read")).await()) != null,
        true);
    Gates.until(
        () -> error(gates.modern(1, caller, "tools/call", Talk.tool("read")).await()) != null,
        true);
  }

  /** Whatever is tried, of everything a caller is shown there is nothing of another project. */
  @Test
  void noReaderOfOneProjectEverReceivesWhatIsInAnother() {
    var random = new Random(214);
    var values = new ArrayList<Object>(
        List.of("alpha", "beta", "gamma", "omega", "reader", "boss", "writer", "x", 1, "*"));
    values.add(null);
    var callers = List.of(
        agent("reader", null, null),
        agent("reader", "alpha", null),
        agent("reader", null, Set.of("alpha")),
        agent(null, "alpha", null),
        agent(null, null, Set.of("alpha")));
    var tools = List.of("read", "peek", "write", "destroy", "plain");
    for (int i = 0; i < 2_000; i++) {
      var arguments = new JsonObject();
      for (var name : List.of("project_id", "agent_id", "word")) {
        if (random.nextInt(3) > 0) {
          arguments.put(name, values.get(random.nextInt(values.size())));
        }
      }
      var params =
          JsonObject.of("name", tools.get(random.nextInt(tools.size())), "arguments", arguments);
      var caller = callers.get(random.nextInt(callers.size()));
      var answer = random.nextBoolean()
          ? gates.modern(random.nextInt(2), caller, "tools/call", params).await()
          : gates.legacy(random.nextInt(2), caller, "tools/call", params).await();
      var structured = answer.getJsonObject("result").getJsonObject("structuredContent");
      if (structured.containsKey("shown")) {
        assertThat(structured.getString("shown"))
            .as("%s by %s", params, caller)
            .isIn(
                "what is in alpha",
                params.getString("name").equals("plain") ? "what is in null" : "");
      }
    }
  }

  @Test
  void aProjectsConfigurationIsReadByThoseWhoMayActInItAndNotFoundByOthers() {
    var uri = "project://alpha/config";
    for (var caller : List.of(
        agent(null, null, null),
        agent("reader", null, null),
        agent("reader", "alpha", Set.of("alpha")))) {
      var contents = read(caller, uri).getJsonObject("result").getJsonArray("contents");
      var config = new JsonObject(contents.getJsonObject(0).getString("text"));
      assertThat(config.getString("id")).isEqualTo("alpha");
      assertThat(config.getJsonObject("bindings")).isEqualTo(JsonObject.of("kb", "alpha-kb"));
    }
    for (var caller : List.of(
        new Caller("other", "cy", null, null, Set.of()),
        agent("retired", null, null),
        agent("nobody", null, null),
        agent(null, "beta", null),
        agent(null, null, Set.of("beta")))) {
      assertThat(read(caller, uri).getJsonObject("error").getString("message"))
          .isEqualTo("Resource not found: " + uri);
    }
    assertThat(read(agent(null, null, null), "project://nope/config")
            .getJsonObject("error")
            .getString("message"))
        .isEqualTo("Resource not found: project://nope/config");
  }

  private static void raw(String arguments, String message) {
    var params = new JsonObject(java.util.Map.of("name", "peek", "arguments", "@"));
    var answer =
        gates.raw(0, agent("boss", null, null), "tools/call", params, arguments).await();
    assertThat(error(answer).getString("code")).isEqualTo("INVALID_ARGUMENT");
    assertThat(error(answer).getString("message")).isEqualTo(message);
  }

  private static Project project(String id) {
    return new Project(id, id, id, JsonObject.of("kb", id + "-kb"));
  }

  private static Caller agent(String agent, String project, Set<String> projects) {
    return new Caller("acme", "ann", project, agent, Set.of(), new Reach(null, projects));
  }

  private static JsonObject call(Caller caller, String tool, JsonObject arguments) {
    var params = JsonObject.of("name", tool, "arguments", arguments);
    return gates.modern(0, caller, "tools/call", params).await();
  }

  private static JsonObject read(Caller caller, String uri) {
    return gates.modern(1, caller, "resources/read", JsonObject.of("uri", uri)).await();
  }

  private static JsonObject schema(Caller caller, String tool) {
    return gates
        .modern(0, caller, "tools/list", new JsonObject())
        .await()
        .getJsonObject("result")
        .getJsonArray("tools")
        .stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("name").equals(tool))
        .findFirst()
        .orElseThrow()
        .getJsonObject("inputSchema");
  }

  private static JsonObject structured(JsonObject answer) {
    return answer.getJsonObject("result").getJsonObject("structuredContent");
  }

  private static String shown(JsonObject answer) {
    return structured(answer).getString("shown");
  }

  private static JsonObject error(JsonObject answer) {
    return structured(answer).getJsonObject("error");
  }

  private static JsonObject denied(JsonObject answer) {
    assertThat(answer.getJsonObject("result").getBoolean("isError")).isTrue();
    assertThat(error(answer).getString("code")).isEqualTo("ACCESS_DENIED");
    assertThat(error(answer).getString("correlation_id")).isNotBlank();
    return error(answer);
  }
}
