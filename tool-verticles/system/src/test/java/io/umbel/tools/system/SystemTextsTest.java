package io.umbel.tools.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement;
import io.umbel.contract.Call;
import io.umbel.contract.CallingGateway;
import io.umbel.contract.Listener;
import io.umbel.contract.LoneNode;
import io.umbel.contract.Outcome;
import io.umbel.contract.Outcome.ProtocolError;
import io.umbel.contract.Outcome.Result;
import io.umbel.contract.RunningWith;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The resources and prompts of the family. */
@Timeout(30)
class SystemTextsTest {

  private final LoneNode node = new LoneNode();
  private final Listener listener = new Listener();
  private final CallingGateway gateway = new CallingGateway(node);
  private Announcement system;

  @BeforeEach
  void deploy() {
    node.deploy(listener);
    node.deploy(new SystemTools());
    system = listener.nextArrivalOf("system");
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void offersWhatItSays() {
    var offers = system.offers();
    assertThat(offers.resources())
        .extracting(resource -> resource.getString("uri"))
        .containsExactly("app://config", "app://features", "app://health", "mcp://catalog");
    assertThat(offers.templates())
        .extracting(template -> template.getString("uriTemplate"))
        .containsExactly("app://upstreams/{name}");
    assertThat(offers.prompts())
        .extracting(prompt -> prompt.getString("name"))
        .containsExactly("explain_system", "diagnose_issue", "deploy_check", "health_report");
  }

  @Test
  void showsWhatItsProcessRunsWith() {
    new RunningWith(Map.of("umbel.port", "8080", "umbel.cluster.secret", "***"))
        .installOn(node.vertx());
    assertThat(read("app://config")).isEqualTo(new JsonObject("""
            {"service": "umbel", "version": "1.2.3", "environment": "test", "node_id": "local",
             "settings": {"umbel.cluster.secret": "***", "umbel.port": "8080"}}\
            """));
  }

  @Test
  void showsNoSettingsWhereNobodyToldAny() {
    assertThat(read("app://config").getJsonObject("settings")).isEmpty();
  }

  @Test
  void showsTheFamiliesThatTheCallerMaySee() {
    new ShowingGateway(node, 3);
    assertThat(read("app://features")).isEqualTo(new JsonObject("""
            {"transports": {"http": true, "stdio": false}, "http_path": "/mcp",
             "protocol_versions": ["2026-07-28", "2025-11-25"],
             "features": [{"name": "samples", "tool_count": 3}]}\
            """));
  }

  @Test
  void showsHowEverythingIs() {
    new ShowingGateway(node, 0);
    var health = read("app://health");
    assertThat(health.getJsonObject("health").getString("status")).isEqualTo("ok");
    var readiness = health.getJsonObject("readiness");
    assertThat(readiness.getString("status")).isEqualTo("degraded");
    assertThat(readiness.getJsonObject("dependencies").fieldNames())
        .containsExactlyInAnyOrder("cluster", "registry", "system");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 201})
  void showsEveryToolThatTheCallerMaySee(int tools) {
    new ShowingGateway(node, tools);
    var catalog = read("mcp://catalog");
    assertThat(catalog.getInteger("tool_count")).isEqualTo(tools);
    assertThat(catalog.getJsonArray("tools")).hasSize(tools);
    assertThat(catalog.getJsonArray("prompts").getJsonObject(0).getString("name"))
        .isEqualTo("prompts");
    assertThat(catalog.getJsonArray("resources").getJsonObject(0).getString("name"))
        .isEqualTo("resources");
    assertThat(catalog.getJsonArray("resource_templates").getJsonObject(0).getString("name"))
        .isEqualTo("resourceTemplates");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"app://upstreams/none", "app://upstreams/", "app://upstreams/a/b", "app://Config"})
  void findsNothingThatIsNotThere(String uri) {
    assertThat(ask("resources/read", uri, new JsonObject().put("uri", uri)))
        .isEqualTo(new ProtocolError(
            -32602, "Resource not found: " + uri, new JsonObject().put("uri", uri)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"explain_system", "diagnose_issue", "deploy_check", "health_report"})
  void namesTheToolsThatTheCallerMaySeeAndNoOthers(String prompt) {
    new ShowingGateway(node, 2);
    assertThat(text(prompt, new JsonObject().put("symptom", "It is slow.")))
        .endsWith("""
            These are your tools:
            - tool-000 (read-only): Number 0
            - tool-001: Number 1""")
        .doesNotContain("health_check", "readiness_check");
  }

  @Test
  void saysWhereThereAreNoTools() {
    new ShowingGateway(node, 0);
    assertThat(text("health_report", new JsonObject())).endsWith("You have no tools for it.");
  }

  @Test
  void putsTheArgumentsIntoTheText() {
    new ShowingGateway(node, 0);
    var symptom = new JsonObject().put("symptom", "100%s of it").put("tool", "add");
    assertThat(text("diagnose_issue", symptom))
        .startsWith("Something does not work with the tool add: 100%s of it\nFind out why.");
    var deployed = new JsonObject().put("version", "1.2.3").put("environment", "production");
    assertThat(text("deploy_check", deployed))
        .startsWith("Check whether the deployment of version 1.2.3 to production went well:");
    assertThat(text("deploy_check", new JsonObject()))
        .startsWith("Check whether the deployment went well:");
    assertThat(text("explain_system", new JsonObject().put("audience", "a new colleague")))
        .startsWith("Explain this system to a new colleague: what it is for");
  }

  @Test
  void needsASymptomToDiagnose() {
    var params = new JsonObject().put("name", "diagnose_issue");
    assertThat(ask("prompts/get", "diagnose_issue", params))
        .isEqualTo(new ProtocolError(
            -32602, "The prompt diagnose_issue needs the argument \"symptom\", a string", null));
  }

  private JsonObject read(String uri) {
    var outcome = (Result) ask("resources/read", uri, new JsonObject().put("uri", uri));
    var contents = outcome.json().toJsonObject().getJsonArray("contents");
    assertThat(contents).hasSize(1);
    var content = contents.getJsonObject(0);
    assertThat(content.getString("uri")).isEqualTo(uri);
    assertThat(content.getString("mimeType")).isEqualTo("application/json");
    return new JsonObject(content.getString("text"));
  }

  private String text(String prompt, JsonObject arguments) {
    var params = new JsonObject().put("name", prompt).put("arguments", arguments);
    var outcome = (Result) ask("prompts/get", prompt, params);
    JsonArray messages = outcome.json().toJsonObject().getJsonArray("messages");
    assertThat(messages).hasSize(1);
    return messages.getJsonObject(0).getJsonObject("content").getString("text");
  }

  private Outcome ask(String method, String name, JsonObject params) {
    var call = gateway.newCall(new Call.Target(method, name), params);
    return gateway.send(system, call).await();
  }
}
