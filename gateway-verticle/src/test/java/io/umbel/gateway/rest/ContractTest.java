package io.umbel.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.contract.JsonSchema;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The description is a description, and it is the one that is in force. */
class ContractTest {

  /** That reader knows neither of two media types, which say nothing about the rest. */
  @Test
  void isOpenApiAsOthersReadIt() {
    var vertx = Vertx.vertx();
    try {
      var text = Contract.read()
          .text()
          .toString()
          .replace("application/problem+json", "application/json")
          .replace("application/merge-patch+json", "text/plain");
      var read = OpenAPIContract.from(vertx, new JsonObject(text)).await();
      assertThat(read.operations())
          .extracting(each -> each.getOperationId())
          .containsExactlyInAnyOrderElementsOf(
              Contract.read().operations().stream().map(Operation::id).toList());
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void isServedToAnyoneAndHasEachRouteThatThereIs() {
    try (var gateways = new RestGateways(null)) {
      var anybody = gateways.client(gateways.a, null);
      var said = anybody.get(RestApi.DESCRIPTION);
      assertThat(said.status()).isEqualTo(200);
      assertThat(said.json()).isEqualTo(Contract.read().text().toJsonObject());

      var described = said.json().getJsonObject("paths").fieldNames();
      for (var path : described) {
        for (var method : said.json().getJsonObject("paths").getJsonObject(path).fieldNames()) {
          var status = anybody
              .send(method.toUpperCase(Locale.ROOT), path.replace("{id}", "x"), null)
              .status();
          // The door of trackers asks for no token, and who would look at the signature is not here.
          var answers = path.startsWith("/api/v1/webhooks/") ? List.of(503) : List.of(200, 401);
          assertThat(status).as(method + " " + path).isIn(answers);
        }
      }
    }
  }

  @Test
  void aRouteThatIsNotInItIsRefusedAtTheStart() {
    RestRoutes astray = () -> Map.of("astray", request -> null);
    assertThatThrownBy(() -> new RestApi(null, Contract.read(), List.of(astray)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the routes [astray]");
  }

  @Test
  void everyScopeIsOfThePairsThatThePageNames() {
    var scopes = Contract.read().operations().stream()
        .map(Operation::scope)
        .filter(scope -> scope != null)
        .collect(Collectors.toSet());
    assertThat(scopes)
        .allMatch(scope ->
            scope.matches("(view|manage)_(projects|agents|grants|api_keys|tools)|view_audit"
                + "|(view|create|edit|delete|manage)_(mcp_servers|trackers)|admin|tools"))
        .hasSize(23);
  }

  @Test
  void whatIsAnsweredIsWhatItSays() {
    var schemas = Contract.read().text().toJsonObject().getJsonObject("components");
    try (var gateways = new RestGateways()) {
      var ann = gateways.admin("acme");
      var made = Map.of(
          "Project", ann.post("/api/v1/projects", new JsonObject("{\"key\":\"a\",\"name\":\"b\"}")),
          "Agent", ann.post("/api/v1/agents", new JsonObject("{\"type\":\"a\",\"name\":\"b\"}")),
          "MadeApiKey",
              ann.post("/api/v1/api-keys", new JsonObject("{\"scopes\":[],\"name\":\"b\"}")),
          "ToolPage", ann.get("/api/v1/tools"),
          "AuditPage", ann.get("/api/v1/audit"),
          "Tool", ann.get("/api/v1/tools/who"),
          "ProjectPage", ann.get("/api/v1/projects?limit=1"),
          "Problem", ann.get("/api/v1/projects?limit=0"));
      made.forEach((name, said) -> {
        var schema = JsonSchema.compile(
            JsonObject.of("$ref", "#/components/schemas/" + name, "components", schemas));
        assertThat(RequestReader.wrongs(schema, said.json())).as(name).isEmpty();
      });
    }
  }
}
