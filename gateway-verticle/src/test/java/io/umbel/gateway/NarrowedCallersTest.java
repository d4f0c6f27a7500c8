package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Caller;
import io.umbel.contract.Reach;
import io.umbel.gateway.GatewaySettings.Lists;
import io.umbel.gateway.access.Account;
import io.umbel.gateway.access.KnownAccounts;
import io.umbel.gateway.catalog.Visibility;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is narrowed to one server sees that server, by its own names, and no other thing. */
@Timeout(60)
class NarrowedCallersTest {

  private static final Caller ANN = caller(null);
  private static final Caller BOB = new Caller("other", "bob", null, null, Set.of());
  private static final String CHANGED = "notifications/tools/list_changed";

  private final KnownAccounts accounts = new KnownAccounts();
  private final PlayedServers servers = new PlayedServers()
      .give("acme", "files", "read", "write", "drop")
      .give("acme", "empty")
      .give("acme", "mail", "read", "send")
      .give("other", "files", "other");
  private Gates gates;

  @BeforeEach
  void start() {
    var rules = Visibility.of(List.of("disable tool:files_drop"));
    var settings = GatewaySettings.defaults().listing(new Lists(100, Duration.ZERO, rules));
    gates = new Gates(Clock.systemUTC(), settings, accounts, new WhoTools());
    gates.vertx().deployVerticle(servers).await();
    Gates.until(() -> names(ANN).contains("mail_send"), true);
  }

  @AfterEach
  void stop() {
    gates.close();
  }

  @Test
  void theServersOwnNamesAreListedAndCalledInBothErasAndNothingElse() {
    assertThat(names(ANN))
        .containsExactly("files_read", "files_write", "mail_read", "mail_send", "who");
    assertThat(names(to(ANN, "files"))).containsExactly("read", "write");
    assertThat(legacyNames(to(ANN, "mail"))).containsExactly("read", "send");
    assertThat(Talk.text(call(to(ANN, "mail"), "read"))).isEqualTo("mail read");
    assertThat(Talk.text(call(ANN, "mail_read"))).isEqualTo("null mail_read");
    for (var name : List.of("mail_read", "who", "write", "drop")) {
      assertThat(error(to(ANN, "mail"), name)).isEqualTo("Unknown tool: " + name);
    }
  }

  @Test
  void aServerOfAnotherAccountIsAnotherServer() {
    assertThat(names(to(BOB, "files"))).containsExactly("other");
    assertThat(error(to(BOB, "files"), "read")).isEqualTo("Unknown tool: read");
    assertThat(names(to(BOB, "mail"))).isEmpty();
  }

  @Test
  void whatTheTokenMayCallAndTheAccountHasSwitchedOffGoesByTheListedName() {
    var confined = to(caller(new Reach(Set.of("files_write", "read", "mail_send"), null)), "files");
    assertThat(names(confined)).containsExactly("write");
    assertThat(error(confined, "read")).isEqualTo("Unknown tool: read");

    accounts.put(Account.of("acme", List.of(), List.of(), List.of(), Set.of("files_read", "send")));
    assertThat(names(to(ANN, "files"))).containsExactly("write");
    assertThat(names(to(ANN, "mail"))).containsExactly("read", "send");
  }

  @Test
  void theOperatorsRulesGoByTheListedName() {
    assertThat(error(to(ANN, "files"), "drop")).isEqualTo("Unknown tool: drop");
    assertThat(error(ANN, "files_drop")).isEqualTo("Unknown tool: files_drop");
  }

  @Test
  void aStreamHearsOfItsOwnServerOnly() {
    var files = gates.listen(0, to(ANN, "files"));
    var mail = gates.listen(1, to(ANN, "mail"));
    servers.give("acme", "mail", "read").changed("acme");
    assertThat(Gates.next(mail)).isEqualTo(CHANGED);
    assertThat(files).isEmpty();
    servers.take("acme", "files").changed("acme");
    assertThat(List.of(Gates.next(files), Gates.next(files)))
        .containsExactly(CHANGED, "notifications/resources/list_changed");
    assertThat(mail).isEmpty();
  }

  @Test
  void callsAreCountedByTheListedName() {
    call(to(ANN, "mail"), "read");
    call(ANN, "mail_read");
    assertThat(gates
            .registry
            .get("mcp.tool.calls")
            .tag("tool", "mail_read")
            .counter()
            .count())
        .isEqualTo(2);
    assertThat(gates.registry.find("mcp.tool.calls").tag("tool", "read").counter())
        .isNull();
  }

  @Test
  void aServerThatAsksWithoutAStateOfItsOwnGetsNoneBack() {
    servers.give("acme", "asking", "ask").changed("acme");
    Gates.until(() -> names(to(ANN, "asking")), List.of("ask"));
    var asked = call(to(ANN, "asking"), "ask").getJsonObject("result");
    var again =
        Talk.again(Talk.tool("ask"), asked.getString("requestState"), Map.of("name", "Ann"));
    var said = gates.modern(1, to(ANN, "asking"), "tools/call", again).await();
    assertThat(Talk.text(said)).isEqualTo("[_meta, arguments, inputResponses, name]");
    var elsewhere = gates.modern(1, to(ANN, "mail"), "tools/call", again).await();
    assertThat(elsewhere.getJsonObject("error").getString("message"))
        .isEqualTo("Unknown tool: ask");
  }

  @Test
  void aServerThatIsNotThereIsAskedForEachTimeAndOneThatIsOnce() {
    var before = servers.asked.size();
    for (int i = 0; i < 3; i++) {
      names(to(ANN, "nowhere"));
      names(to(ANN, "empty"));
    }
    assertThat(servers.asked.subList(before, servers.asked.size()))
        .containsExactly(
            to(ANN, "nowhere"), to(ANN, "empty"), to(ANN, "nowhere"), to(ANN, "nowhere"));
  }

  @Test
  void aProvisionMayBeLargerThanAnythingElseOnTheBus() {
    var large = new JsonObject()
        .put("name", "large")
        .put("description", "x".repeat(6 * 1024 * 1024))
        .put("inputSchema", JsonObject.of("type", "object"));
    servers.offer("acme", "large", List.of(large)).changed("acme");
    Gates.until(() -> names(to(ANN, "large")), List.of("large"));
    servers
        .offer("acme", "large", List.of(large, large.copy().put("name", "more")))
        .changed("acme");
    Gates.until(() -> names(to(ANN, "large")), List.of());
  }

  private static Caller caller(Reach reach) {
    return new Caller("acme", "ann", null, null, Set.of(), reach == null ? Reach.ALL : reach);
  }

  private static Caller to(Caller caller, String server) {
    return caller.toServer(server);
  }

  private JsonObject call(Caller caller, String tool) {
    return gates.modern(0, caller, "tools/call", Talk.tool(tool)).await();
  }

  private String error(Caller caller, String tool) {
    return call(caller, tool).getJsonObject("error").getString("message");
  }

  private List<String> names(Caller caller) {
    return names(gates.modern(0, caller, "tools/list", new JsonObject()).await());
  }

  private List<String> legacyNames(Caller caller) {
    return names(gates.legacy(1, caller, "tools/list", new JsonObject()).await());
  }

  private static List<String> names(JsonObject answer) {
    return answer.getJsonObject("result").getJsonArray("tools").stream()
        .map(tool -> ((JsonObject) tool).getString("name"))
        .toList();
  }
}
