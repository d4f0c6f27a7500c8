package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Caller;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.ClusterSecret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider is told when it asks the gateway what a caller may see. */
class CatalogDeskTest {

  private static RunningGateway gateway;
  private static String address;

  @BeforeAll
  static void start() {
    gateway = new RunningGateway(
        GatewaySettings.defaults(), new AskingTools(), new NamedTools("Alpha", "beta", "gamma"));
    var answer = gateway.modern("tools/call", JsonObject.of("name", "where"));
    address =
        answer.getJsonObject("result").getJsonArray("content").getJsonObject(0).getString("text");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void aSearchForNothingFindsAllAndSaysWhatTheServerIs() {
    var found = ask(new JsonObject());
    assertThat(names(found)).containsExactly("Alpha", "ask", "beta", "gamma", "where");
    assertThat(found.getInteger("total")).isEqualTo(5);
    assertThat(found.getJsonArray("tools").getJsonObject(1))
        .isEqualTo(new JsonObject()
            .put("name", "ask")
            .put("description", "Asks the catalog.")
            .put("provider", "asking")
            .put("read_only", false)
            .put("tags", JsonArray.of("curious")));
    var server = found.getJsonObject("server");
    assertThat(server.getJsonObject("transports"))
        .isEqualTo(JsonObject.of("http", true, "stdio", false));
    assertThat(server.getString("http_path")).isEqualTo("/mcp");
    assertThat(server.getJsonArray("protocol_versions"))
        .isEqualTo(
            JsonArray.of("2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"));
  }

  @ParameterizedTest
  @CsvSource({"alpha,Alpha", "TELLS,where", "name.,'Alpha,beta,gamma'", "nothing,''"})
  void wordsAreLookedForInNamesAndDescriptionsWhateverTheirCase(String query, String found) {
    assertThat(String.join(",", names(ask(JsonObject.of("query", query))))).isEqualTo(found);
  }

  @Test
  void aSearchCanBeToldInParts() {
    var part = ask(JsonObject.of("offset", 1, "limit", 2));
    assertThat(names(part)).containsExactly("ask", "beta");
    assertThat(part.getInteger("total")).isEqualTo(5);
    assertThat(names(ask(JsonObject.of("offset", 99)))).isEmpty();
    assertThat(names(ask(JsonObject.of("limit", 0)))).isEmpty();
    assertThat(names(ask(JsonObject.of("limit", 1_000_000)))).hasSize(5);
  }

  @Test
  void otherKindsAreListedToo() {
    var resources = ask(JsonObject.of("kind", "resources"));
    assertThat(resources.getJsonArray("resources"))
        .isEqualTo(JsonArray.of(JsonObject.of(
            "name", "note", "uri", "ask://note", "description", "", "provider", "asking")));
    assertThat(resources.getInteger("total")).isEqualTo(1);
    assertThat(ask(JsonObject.of("kind", "prompts")).getJsonArray("prompts")).isEmpty();
    assertThat(ask(JsonObject.of("kind", "resourceTemplates")).getJsonArray("resourceTemplates"))
        .isEmpty();
  }

  @Test
  void aToolIsShownWhole() {
    var tool = ask(JsonObject.of("name", "ask")).getJsonObject("tool");
    assertThat(tool.fieldNames()).containsExactly("definition", "provider", "tags");
    assertThat(tool.getJsonObject("definition").getJsonObject("inputSchema").getString("type"))
        .isEqualTo("object");
    assertThat(tool.getString("provider")).isEqualTo("asking");
    assertThat(tool.getJsonArray("tags")).isEqualTo(JsonArray.of("curious"));
  }

  @Test
  void whatIsNotThereIsNotShown() {
    assertThat(ask(JsonObject.of("name", "nothing"))).isEmpty();
  }

  @Test
  void whoeverWasNotSealedForItIsRefused() {
    refused(null, "missing");
    refused("x.y", "altered");
    refused(seal(RunningGateway.SECRET, "asking"), "meant for another provider");
    refused(seal(ClusterSecret.random(), "gateway"), "altered");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "[]",
        "{\"offset\":-1}",
        "{\"limit\":-1}",
        "{\"offset\":\"x\"}",
        "{\"kind\":\"x\"}"
      })
  void aQuestionThatIsNoneIsAnsweredAtOnce(String query) {
    var seal = seal(RunningGateway.SECRET, "gateway");
    assertThatThrownBy(() -> send(Op.CATALOG, seal, query))
        .isInstanceOf(ReplyException.class)
        .hasMessageStartingWith("Not a question about the catalog: ")
        .extracting(failure -> ((ReplyException) failure).failureCode())
        .isEqualTo(400);
  }

  @Test
  void whoeverAsksWhetherItIsThereIsAnswered() {
    assertThat(send(Op.PING, null, "").length()).isZero();
  }

  private static void refused(String seal, String why) {
    assertThatThrownBy(() -> send(Op.CATALOG, seal, "{}"))
        .isInstanceOf(ReplyException.class)
        .hasMessage("The caller of this call is " + why)
        .extracting(failure -> ((ReplyException) failure).failureCode())
        .isEqualTo(403);
  }

  private static String seal(ClusterSecret secret, String audience) {
    return new CallerSeal(secret, Clock.systemUTC()).seal(Caller.LOCAL, audience);
  }

  private static Buffer send(Op op, String seal, String query) {
    var options = new DeliveryOptions().setSendTimeout(10_000).addHeader(Header.OP, op.word());
    if (seal != null) {
      options.addHeader(Header.CALLER, seal);
    }
    var bus = gateway.vertx().eventBus();
    return bus.<Buffer>request(address, Buffer.buffer(query), options).await().body();
  }

  /** As a tool asks, on behalf of whoever calls it. */
  private static JsonObject ask(JsonObject query) {
    var params = JsonObject.of("name", "ask", "arguments", JsonObject.of("query", query));
    return gateway
        .modern("tools/call", params)
        .getJsonObject("result")
        .getJsonObject("structuredContent");
  }

  private static List<String> names(JsonObject found) {
    return found.getJsonArray("tools").stream()
        .map(tool -> ((JsonObject) tool).getString("name"))
        .toList();
  }
}
