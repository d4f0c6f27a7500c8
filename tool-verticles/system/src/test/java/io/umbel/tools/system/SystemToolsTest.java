package io.umbel.tools.system;

import static io.umbel.contract.ErrorCode.INVALID_ARGUMENT;
import static io.umbel.contract.ErrorCode.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.ToolVerticle;
import io.umbel.contract.ToolVerticleContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemToolsTest extends ToolVerticleContract {

  @Override
  protected ToolVerticle family() {
    return new SystemTools();
  }

  @Test
  void offersToolsThatOnlyRead() {
    assertThat(announcement().offers().tools())
        .extracting(OfferedTool::name)
        .containsExactly(
            "health_check",
            "readiness_check",
            "get_server_metadata",
            "search_catalog",
            "fetch",
            "list_upstream_servers");
    assertThat(announcement().offers().tools()).allSatisfy(tool -> {
      var hints = tool.definition().getJsonObject("annotations");
      assertThat(hints.getBoolean("readOnlyHint")).isTrue();
      assertThat(hints.getBoolean("openWorldHint")).isFalse();
      assertThat(tool.definition().getString("title")).isNotBlank();
      assertThat(tool.definition().getJsonObject("outputSchema")).isNotNull();
      assertThat(tool.tags()).containsExactly("system");
    });
  }

  @Test
  void tellsThatItIsAlive() {
    assertThat(result("health_check", new JsonObject()))
        .isEqualTo(new JsonObject()
            .put("status", "ok")
            .put("service", "umbel")
            .put("version", "1.2.3")
            .put("environment", "test")
            .put("node_id", "local"));
  }

  @Test
  void tellsWhatTheServerIsAndWhatTheCallerMaySee() {
    new ShowingGateway(node(), 2);
    var metadata = result("get_server_metadata", new JsonObject());
    assertThat(metadata).isEqualTo(new JsonObject("""
            {"name": "umbel", "version": "1.2.3", "environment": "test",
             "transports": {"http": true, "stdio": false}, "http_path": "/mcp",
             "protocol_versions": ["2026-07-28", "2025-11-25"], "tool_count": 2,
             "tools": [{"name": "tool-000", "description": "Number 0", "read_only": true,
                        "tags": ["sample"]},
                       {"name": "tool-001", "description": "Number 1", "read_only": false,
                        "tags": ["sample"]}]}\
            """));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 199, 200, 201, 450})
  void readsTheCatalogPageByPage(int tools) {
    var gateway = new ShowingGateway(node(), tools);
    var metadata = result("get_server_metadata", new JsonObject());
    assertThat(metadata.getInteger("tool_count")).isEqualTo(tools);
    assertThat(
            metadata.getJsonArray("tools").stream().map(SystemToolsTest::name).distinct())
        .hasSize(tools);
    assertThat(gateway.queries()).hasSize(Math.max(1, (tools + 199) / 200));
  }

  @Test
  void findsInTheCatalog() {
    var gateway = new ShowingGateway(node(), 7);
    assertThat(result("search_catalog", new JsonObject().put("query", "Num")))
        .isEqualTo(new JsonObject()
            .put("ids", ids(0, 5))
            .put("results", results(0, 5))
            .put("limit", 5L)
            .put("offset", 0L)
            .put("total", 7)
            .put("has_more", true));
    assertThat(gateway.queries())
        .containsExactly(new JsonObject("{\"query\":\"Num\",\"limit\":5,\"offset\":0}"));
  }

  @Test
  void givesTheLastPageOfWhatItFound() {
    new ShowingGateway(node(), 7);
    var page = new JsonObject().put("query", "").put("limit", 2).put("offset", 5);
    var last = result("search_catalog", page);
    assertThat(last.getJsonArray("ids")).isEqualTo(ids(5, 7));
    assertThat(last.getBoolean("has_more")).isFalse();
    var beyond = result("search_catalog", page.put("offset", Integer.MAX_VALUE));
    assertThat(beyond.getJsonArray("ids")).isEmpty();
    assertThat(beyond.getInteger("total")).isEqualTo(7);
    assertThat(beyond.getBoolean("has_more")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"query\":1}",
        "{\"query\":\"x\",\"limit\":0}",
        "{\"query\":\"x\",\"limit\":51}",
        "{\"query\":\"x\",\"limit\":\"5\"}",
        "{\"query\":\"x\",\"offset\":-1}",
        "{\"query\":\"x\",\"offset\":2147483648}"
      })
  void refusesASearchOutOfBounds(String arguments) {
    failure(INVALID_ARGUMENT, "search_catalog", new JsonObject(arguments));
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "resource_id"})
  void fetchesAToolWithItsWholeDefinition(String argument) {
    new ShowingGateway(node(), 1);
    assertThat(result("fetch", new JsonObject().put(argument, "tool:tool-000")))
        .isEqualTo(new JsonObject()
            .put("id", "tool:tool-000")
            .put("kind", "tool")
            .put("name", "tool-000")
            .put("description", "Number 0")
            .put("provider", "samples")
            .put("tags", new JsonArray().add("sample"))
            .put("definition", ShowingGateway.DEFINITION));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tool:tool-001", "tool:", "tool:TOOL-000", "tool-000", "upstream:x", "", "issue:1"
      })
  void fetchesNothingThatIsNotThere(String id) {
    new ShowingGateway(node(), 1);
    assertThat(failure(NOT_FOUND, "fetch", new JsonObject().put("id", id)).getString("message"))
        .isEqualTo("Nothing has that id; search_catalog and search find ids");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\":\"tool:tool-000\",\"resource_id\":\"tool:tool-000\"}",
        "{\"id\":7}",
        "{\"id\":null}"
      })
  void needsOneIdToFetch(String arguments) {
    new ShowingGateway(node(), 1);
    failure(INVALID_ARGUMENT, "fetch", new JsonObject(arguments));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"limit\":50,\"offset\":3}"})
  void listsNoUpstreamServersYet(String arguments) {
    assertThat(result("list_upstream_servers", new JsonObject(arguments)))
        .isEqualTo(new JsonObject("{\"servers\":[],\"total\":0,\"has_more\":false}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"limit\":0}", "{\"limit\":51}", "{\"offset\":-1}", "{\"query\":\"x\"}"})
  void refusesAListOutOfBounds(String arguments) {
    failure(INVALID_ARGUMENT, "list_upstream_servers", new JsonObject(arguments));
  }

  private static String name(Object tool) {
    return ((JsonObject) tool).getString("name");
  }

  private static JsonArray ids(int from, int to) {
    var ids = new JsonArray();
    results(from, to).forEach(result -> ids.add(((JsonObject) result).getString("id")));
    return ids;
  }

  private static JsonArray results(int from, int to) {
    var results = new JsonArray();
    for (int number = from; number < to; number++) {
      var tool = ShowingGateway.tool(number);
      results.add(new JsonObject()
          .put("id", "tool:" + name(tool))
          .put("name", name(tool))
          .put("description", tool.getString("description"))
          .put("kind", "tool"));
    }
    return results;
  }
}
