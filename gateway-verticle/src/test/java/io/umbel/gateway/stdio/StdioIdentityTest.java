package io.umbel.gateway.stdio;

import static io.umbel.gateway.stdio.LineClient.modern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Node;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolResult;
import io.umbel.contract.ToolVerticle;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.MovableClock;
import io.umbel.gateway.WhoTools;
import io.umbel.gateway.identity.IdentitySettings;
import io.umbel.gateway.identity.IdentitySettings.Keys;
import io.umbel.gateway.identity.IdentitySettings.Resource;
import io.umbel.gateway.identity.IssuerKey;
import io.umbel.gateway.identity.TestIssuer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who the one client on stdin is. */
@Timeout(30)
class StdioIdentityTest {

  private static final IssuerKey KEY = IssuerKey.es256("k");

  private final MovableClock clock = new MovableClock();
  private final Vertx vertx = Vertx.vertx();
  private final LineClient client = new LineClient();

  @BeforeEach
  void start() {
    var about = new Node.About("umbel", "1.2.3", "test");
    new Node(Node.ALONE, ClusterSecret.random(), clock, about).installOn(vertx);
    vertx.deployVerticle(new WhoTools()).await();
    vertx.deployVerticle(new OpenTools()).await();
  }

  @AfterEach
  void stop() {
    vertx.close();
  }

  @Test
  void whomTheTokenNames() throws Exception {
    serve(true, KEY.sign(claims()));
    var said = said(call("who"));
    assertThat(said.getString("account")).isEqualTo("acme");
    assertThat(said.getString("subject")).isEqualTo("ann");
  }

  @Test
  void theLocalUserWhereNobodyElseSaysWhoIsWho() throws Exception {
    serve(false, null);
    assertThat(said(call("who")).getString("subject")).isEqualTo("local");
  }

  @Test
  void nobodyWhereAProviderSaysWhoIsWhoAndThereIsNoToken() throws Exception {
    serve(true, null);
    client.send(modern("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"));
    var tools = client.next().getJsonObject("result").getJsonArray("tools");
    assertThat(tools).hasSize(1);
    assertThat(tools.getJsonObject(0).getString("name")).isEqualTo("open");
    client.send(call("who"));
    assertThat(client.next().getJsonObject("error").getString("message"))
        .isEqualTo("Unknown tool: who");
    client.send(call("open"));
    assertThat(client.next().getJsonObject("result").encode()).contains("come in");
  }

  @Test
  void aTokenThatIsNotGoodStartsNothing() {
    var stranger = IssuerKey.es256("k").sign(claims());
    assertThatThrownBy(() -> serve(true, stranger))
        .hasMessageContaining("mcp.token is not good here")
        .hasMessageNotContaining(stranger);
  }

  @Test
  void aTokenThatIsOverAnswersNothingMore() throws Exception {
    serve(true, KEY.sign(claims()));
    assertThat(said(call("who")).getString("subject")).isEqualTo("ann");
    clock.move(Duration.ofSeconds(630));
    client.send(call("who"));
    assertThat(client.next().getJsonObject("error").getInteger("code")).isEqualTo(-32001);
  }

  private void serve(boolean provider, String token) {
    var some = TestIssuer.guards(new Keys(null, List.of(KEY.jwk()))).identity();
    var servers = provider ? List.of(TestIssuer.ISSUER) : List.<String>of();
    var identity = new IdentitySettings(
        true,
        some.tokens(),
        some.accounts(),
        some.keys(),
        new Resource(null, servers, List.of()),
        token);
    var usual = GatewaySettings.defaults();
    var settings =
        usual.expecting(Set.of("who", "open")).guardedBy(usual.guards().identifying(identity));
    var stdio =
        new StdioVerticle(settings, new SimpleMeterRegistry(), client.stdin(), client.stdout());
    vertx.deployVerticle(stdio).await();
  }

  private JsonObject claims() {
    var now = clock.millis() / 1000;
    return TestIssuer.claims("acme", "ann").put("iat", now).put("exp", now + 600);
  }

  private static String call(String tool) {
    return modern(LineClient.call("1", tool));
  }

  private JsonObject said(String line) throws Exception {
    client.send(line);
    return client.next().getJsonObject("result").getJsonObject("structuredContent");
  }

  /** A tool for everybody. */
  private static final class OpenTools extends ToolVerticle {
    @Override
    protected List<Tool> tools() {
      return List.of(Tool.named(
              "open",
              "For everybody.",
              Schema.object(),
              call -> Future.succeededFuture(ToolResult.text("come in")))
          .tagged("public"));
    }
  }
}
