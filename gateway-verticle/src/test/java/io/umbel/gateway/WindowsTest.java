package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Caller;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Outcome;
import io.umbel.contract.Reach;
import io.umbel.contract.TailoredTools;
import io.umbel.gateway.GatewaySettings.Lists;
import io.umbel.gateway.access.AccessSettings;
import io.umbel.gateway.access.Account;
import io.umbel.gateway.access.Accounts;
import io.umbel.gateway.access.Agent;
import io.umbel.gateway.access.KnownAccounts;
import io.umbel.gateway.access.Project;
import io.umbel.gateway.access.Role;
import io.umbel.gateway.access.TagScopes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller may see of what there is; lists and calls agree on it. */
@Timeout(60)
class WindowsTest {

  private static final Caller ANN = new Caller("acme", "ann", null, null, Set.of());
  private static final Caller BOB = new Caller("other", "bob", null, null, Set.of());
  private static final String CHANGED = "notifications/tools/list_changed";

  private final MovableClock clock = new MovableClock();
  private final KnownAccounts accounts = new KnownAccounts();
  private final TailoredTools tailored = new TailoredTools();
  private Gates gates;

  @BeforeEach
  void start() {
    accounts.put(account());
    var access = new AccessSettings(
        TagScopes.of(List.of("admin: admin", "scoped: s1 s2", "scoped: s1")), Role.ADMIN);
    var settings = GatewaySettings.defaults()
        .listing(new Lists(4, Duration.ZERO))
        .guardedBy(Guards.defaults().accessing(access));
    gates = new Gates(clock, settings, accounts, new ScopedTools(), tailored);
  }

  @AfterEach
  void stop() {
    gates.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'',false,false",
    "s1,false,false",
    "s2,false,false",
    "s1 s2,true,false",
    "admin,true,true",
    "s1 s2 admin,true,true"
  })
  void aToolsTagsSayWhichScopesAreNeededAllOfThem(String scopes, boolean scoped, boolean admin) {
    var caller = new Caller("acme", "ann", null, null, Set.of(scopes.split(" ")));
    sees(caller, "plain", scoped);
    sees(caller, "administer", admin);
    sees(caller, "health", true);
  }

  @Test
  void aTokenSeesTheToolsItIsConfinedToAndNoneWhereThatIsNone() {
    sees(reaching(Set.of("health", "administer")), "health", true);
    sees(reaching(Set.of("health", "administer")), "whoami", false);
    sees(reaching(Set.of("health", "administer")), "administer", false);
    assertThat(names(0, reaching(Set.of()))).isEmpty();
    sees(reaching(Set.of("form")), "form", true);
  }

  @Test
  void whatAnAccountHasSwitchedOffIsGoneForItsOwnCallersAtOnce() {
    var ann = gates.listen(0, ANN);
    var bob = gates.listen(1, BOB);
    accounts.put(account("health", "form"));
    assertThat(Gates.next(ann)).isEqualTo(CHANGED);
    sees(ANN, "health", false);
    sees(ANN, "form", false);
    sees(BOB, "health", true);
    sees(BOB, "form", true);
    accounts.put(account("whoami"));
    assertThat(Gates.next(ann)).isEqualTo(CHANGED);
    sees(ANN, "health", true);
    assertThat(bob).isEmpty();
    assertThat(ann).isEmpty();
  }

  @Test
  void aWarmListAsksNobodyAnything() {
    names(0, ANN);
    var asked = accounts.asked.get();
    for (int i = 0; i < 10; i++) {
      names(0, ANN);
      call(0, ANN, "health");
    }
    assertThat(accounts.asked).hasValue(asked);
    assertThat(tailored.asked).hasSize(1);
  }

  @Test
  void whereTheAccountCannotBeReadOnlyWhatIsKnownNotToBeSwitchedOffIsShown() {
    accounts.put(account("whoami"));
    var all = new Caller("acme", "ann", null, null, Set.of("admin"));
    names(0, all);
    accounts.unreadable(true);
    Gates.until(() -> names(0, all), List.of("administer", "health", "plain", "theirs"));
    call(0, all, "write").getJsonObject("error");
    var stranger = new Caller("never-read", "eve", null, null, Set.of("admin"));
    assertThat(names(0, stranger)).containsExactly("health");
    assertThat(gates.registry.counter("mcp.accounts.unread").count()).isPositive();
    accounts.unreadable(false);
    Gates.until(() -> names(0, all).contains("write"), true);
  }

  @Test
  void anAccountIsReadAgainThoughNobodySaysThatItCanBe() {
    var failing = new Accounts() {
      private volatile boolean away = true;

      @Override
      public io.vertx.core.Future<Account> of(String id) {
        return away
            ? io.vertx.core.Future.failedFuture("away")
            : io.vertx.core.Future.succeededFuture(Account.empty(id));
      }

      @Override
      public void onChange(java.util.function.Consumer<String> watcher) {
        // It never says anything.
      }
    };
    try (var others = new Gates(clock, GatewaySettings.defaults(), failing, new TailoredTools())) {
      assertThat(names(others, 0, ANN)).isEmpty();
      var heard = others.listen(0, ANN);
      failing.away = false;
      clock.move(Duration.ofSeconds(2));
      assertThat(names(others, 0, ANN)).containsExactly("form", "only_ann", "whoami");
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void withoutADatabaseNobodyActsInAnyProject() {
    try (var bare = new Gates(
        Clock.systemUTC(), GatewaySettings.defaults(), Accounts.NONE, new ScopedTools())) {
      var params = JsonObject.of("name", "peek", "arguments", JsonObject.of("project_id", "p"));
      var answer = bare.modern(0, ANN, "tools/call", params).await();
      assertThat(answer.encode()).contains("ACCESS_DENIED", "No access to project p");
      assertThat(names(bare, 0, ANN)).contains("peek", "plain").doesNotContain("administer");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mcp:read,403",
    "mcp:other,403",
    "mcp:read mcp:write,200",
    "mcp:read admin,200",
    "x,200"
  })
  void changingSomethingNeedsTheScopeToWhereATokenHasScopesOfMcp(String scopes, int status) {
    var all = new java.util.TreeSet<>(Set.of(scopes.split(" ")));
    all.addAll(Set.of("s1", "s2"));
    var caller = new Caller("acme", "ann", "alpha", null, all);
    for (var answer : List.of(
        gates.modern(0, caller, "tools/call", Talk.tool("write")).await(),
        gates.legacy(1, caller, "tools/call", Talk.tool("write")).await())) {
      assertThat(answer.getInteger("status")).isEqualTo(status);
      if (status == 403) {
        var error = answer.getJsonObject("error");
        assertThat(error.getString("message"))
            .isEqualTo("Insufficient scope: this needs mcp:write");
      }
    }
    assertThat(call(0, caller, "health").getInteger("status")).isEqualTo(200);
    assertThat(call(0, caller, "health").containsKey("error")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"administer", "acme_administer", "scoped.administer", "scoped_administer", "nothing"})
  void whatIsHiddenCannotBeCalledByGuessing(String name) {
    assertThat(call(0, ANN, name).getJsonObject("error"))
        .isEqualTo(JsonObject.of("code", -32602, "message", "Unknown tool: " + name));
    assertThat(call(0, ANN, "umbel.scoped@x").getJsonObject("error").getString("message"))
        .isEqualTo("Unknown tool: umbel.scoped@x");
  }

  @Test
  void aProviderObeysNobodyWhoWasNotSealedForIt() {
    gates.deploy(new ScopedTools());
    var address = tailored.address();
    var forged = new CallerSeal(ClusterSecret.random(), Clock.systemUTC());
    var elsewhere = new CallerSeal(gates.node().secret(), gates.node().clock());
    for (var seal :
        List.of(forged.seal(ANN, "tailored"), elsewhere.seal(ANN, "scoped"), "", "a.b")) {
      for (var op : List.of(Op.CALL, Op.PROVIDE)) {
        assertThat(send(address, op, seal).encode()).contains("The caller of this call is ");
      }
    }
    assertThat(tailored.asked).isEmpty();
    assertThat(tailored.calls).hasValue(0);
  }

  @Test
  void aCursorIsGoodForItsOwnersListOnly() {
    var all = new Caller("acme", "ann", null, null, Set.of("admin"));
    var cursor = list(gates, 0, all, null).getString("nextCursor");
    assertThat(cursor).isNotNull();
    list(gates, 1, all, cursor);
    for (var other : List.of(
        new Caller("acme", "bob", null, null, Set.of("admin")),
        new Caller("other", "ann", null, null, Set.of("admin")))) {
      var params = JsonObject.of("cursor", cursor);
      assertThat(gates.modern(0, other, "tools/list", params).await().getJsonObject("error"))
          .isEqualTo(JsonObject.of(
              "code", -32602, "message", "Invalid params: cursor is not one of this list's"));
    }
  }

  @Test
  void whoeverDiffersInAnythingHasAWindowOfTheirOwn() {
    var bound = new Caller("acme", "ann", "alpha", null, Set.of("s1", "s2"));
    var free = new Caller("acme", "ann", null, null, Set.of("s1", "s2"));
    assertThat(call(0, free, "write").encode()).contains("INVALID_ARGUMENT");
    assertThat(call(0, bound, "write").encode()).contains("what is in alpha");
    assertThat(call(0, free, "write").encode()).contains("INVALID_ARGUMENT");
  }

  @Test
  void entriesOfTagsAreReadStrictly() {
    for (var entry : List.of("", "admin", "admin:", ":x", "a b: c", "a:b")) {
      assertThat(TagScopes.isEntry(entry)).as(entry).isFalse();
      assertThatThrownBy(() -> TagScopes.of(List.of(entry)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(TagScopes.EXPECTED);
    }
    assertThat(TagScopes.isEntry("admin: admin  mcp:write")).isTrue();
  }

  private JsonObject send(String address, Op op, String seal) {
    var options = new DeliveryOptions()
        .addHeader(Header.OP, op.word())
        .addHeader(Header.CALLER, seal)
        .addHeader(Header.METHOD, "tools/call")
        .addHeader(Header.NAME, "form");
    var body = JsonObject.of("name", "form").toBuffer();
    return gates
        .vertx()
        .eventBus()
        .<Buffer>request(address, body, options)
        .map(Outcome::of)
        .await()
        .fold(
            result -> result.json().toJsonObject(),
            error -> JsonObject.of("message", error.message()),
            asked -> new JsonObject());
  }

  private static Account account(String... disabled) {
    return Account.of(
        "acme",
        List.of(new Project("alpha", "A", "Alpha", new JsonObject())),
        List.of(new Agent("a", "A", "x", "active")),
        List.of(),
        Set.of(disabled));
  }

  private static Caller reaching(Set<String> tools) {
    return new Caller("acme", "ann", null, null, Set.of(), new Reach(tools, null));
  }

  /** The list and the call agree. */
  private void sees(Caller caller, String tool, boolean visible) {
    Gates.until(() -> names(0, caller).contains(tool), visible);
    Gates.until(() -> names(1, caller).contains(tool), visible);
    var error = call(0, caller, tool).getJsonObject("error");
    if (visible) {
      assertThat(error).isNull();
    } else {
      assertThat(error.getString("message")).isEqualTo("Unknown tool: " + tool);
    }
  }

  private JsonObject call(int gate, Caller caller, String name) {
    return gates.modern(gate, caller, "tools/call", Talk.tool(name)).await();
  }

  private List<String> names(int gate, Caller caller) {
    return names(gates, gate, caller);
  }

  /** Over all pages. */
  private static List<String> names(Gates gates, int gate, Caller caller) {
    var names = new java.util.ArrayList<String>();
    String cursor = null;
    do {
      var page = list(gates, gate, caller, cursor);
      page.getJsonArray("tools").forEach(tool -> names.add(((JsonObject) tool).getString("name")));
      cursor = page.getString("nextCursor");
    } while (cursor != null);
    return names;
  }

  private static JsonObject list(Gates gates, int gate, Caller caller, String cursor) {
    var params = cursor == null ? new JsonObject() : JsonObject.of("cursor", cursor);
    return gates.modern(gate, caller, "tools/list", params).await().getJsonObject("result");
  }
}
