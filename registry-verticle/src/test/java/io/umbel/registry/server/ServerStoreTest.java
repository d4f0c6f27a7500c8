package io.umbel.registry.server;

import static io.umbel.registry.server.StoredNode.DOCS;
import static io.umbel.registry.server.StoredNode.NEW;
import static io.umbel.registry.server.StoredNode.OLD;
import static io.umbel.registry.server.StoredNode.awaitThat;
import static io.umbel.registry.server.StoredNode.named;
import static io.umbel.registry.server.StoredNode.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.registry.server.Credentials.Bearer;
import io.umbel.registry.server.ServerBook.Full;
import io.umbel.registry.server.ServerBook.Gone;
import io.umbel.registry.server.ServerBook.Stale;
import io.umbel.registry.server.ServerBook.Taken;
import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServerStoreTest {

  private final DatabaseUrl database = TestDatabase.fresh();
  private final StoredNode node = new StoredNode(database, OLD);

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void keepsAServerForItsAccountAlone() {
    var docs = node.insert("acme", DOCS);

    assertThat(node.names("acme")).containsExactly("Docs");
    assertThat(node.names("other")).isEmpty();
    assertThat(node.store().servers().find("other", docs.key().id()).await()).isEmpty();
    assertThat(node.book().find(new Server.Key("other", docs.key().id())).await())
        .isEmpty();
    assertThat(node.store().servers().everyone().await()).hasSize(1);
  }

  @Test
  void knowsAServerWithItsCredentialsAfterARestart() {
    node.insert("acme", DOCS);

    try (var later = new StoredNode(database, OLD)) {
      var server = later.store().servers().of("acme").await().get(0);
      assertThat(server.endpoint())
          .isInstanceOfSatisfying(
              Endpoint.Http.class,
              http -> assertThat(http.credentials()).isEqualTo(new Bearer("s3cret")));
      assertThat(server.policy()).isEqualTo(Policy.USUAL);
    }
  }

  @Test
  void writesNoSecretIntoTheDatabase() {
    node.insert("acme", DOCS);
    var child = new JsonObject()
        .put("name", "Child")
        .put("namespace", "child")
        .put("transport", "stdio")
        .put("command", "srv")
        .put("env", JsonObject.of("TOKEN", "h1dden"))
        .put("auth_type", "none")
        .put("status", "active");
    node.insert("acme", child);

    assertThat(rows("SELECT row_to_json(s)::text FROM registry.mcp_servers s"))
        .hasSize(2)
        .noneMatch(row -> row.contains("s3cret") || row.contains("h1dden"))
        .allMatch(row -> row.contains("\"secrets\":\"old."));
  }

  @Test
  void takesANameAndANamespaceOnceInAnAccount() {
    node.insert("acme", DOCS);
    node.insert("other", DOCS);

    assertThatThrownBy(() -> node.insert("acme", named("Docs", "elsewhere")))
        .isInstanceOf(Taken.class)
        .hasMessage("name");
    assertThatThrownBy(() -> node.insert("acme", named("Elsewhere", "docs")))
        .isInstanceOf(Taken.class)
        .hasMessage("namespace");
  }

  @Test
  void takesOnlySoMany() {
    node.insert("acme", DOCS);
    var one = new Server.Key("acme", UUID.randomUUID());

    assertThatThrownBy(() -> node.book().insert(one, named("b", "b"), 1).await())
        .isInstanceOf(Full.class);
  }

  @Test
  void changesWhatIsOfTheVersionThatIsMeant() {
    var docs = node.insert("acme", DOCS);
    var changed = node.book().update(docs.key(), named("New", "docs"), 1).await();

    assertThat(changed.version()).isEqualTo(2);
    assertThat(node.names("acme")).containsExactly("New");
    assertThatThrownBy(() -> node.book().update(docs.key(), DOCS, 1).await())
        .isInstanceOfSatisfying(Stale.class, why -> assertThat(why.version()).isEqualTo(2));
    assertThatThrownBy(() -> node.book().delete(docs.key(), 1).await()).isInstanceOf(Stale.class);
    assertThatThrownBy(() -> node.book()
            .update(new Server.Key("other", docs.key().id()), DOCS, 2)
            .await())
        .isInstanceOf(Gone.class);
  }

  @Test
  void tellsOtherNodesOfAChangeWithinSeconds() {
    try (var other = new StoredNode(database, OLD)) {
      var heard = new CopyOnWriteArrayList<String>();
      other.store().servers().onChange(heard::add);
      var docs = node.insert("acme", DOCS);
      awaitThat(() -> other.names("acme").contains("Docs"));
      node.book()
          .update(docs.key(), DOCS.copy().put("auth_config", JsonObject.of("token", "2nd")), 1)
          .await();
      awaitThat(() -> other.store().servers().of("acme").await().get(0).version() == 2);
      node.book().delete(docs.key(), 2).await();
      awaitThat(() -> other.names("acme").isEmpty());
      assertThat(heard).contains("acme").doesNotContain("other");
    }
  }

  @Test
  void tellsOthersOnItsBusAtOnce() {
    var neighbour = node.another(OLD);
    var docs = node.insert("acme", DOCS);
    awaitThat(() -> names(neighbour, "acme").contains("Docs"));
    neighbour.book().orElseThrow().delete(docs.key(), 0).await();
    awaitThat(() -> node.names("acme").isEmpty());
    neighbour.close().await();
  }

  @Test
  void keepsEverythingWithTheNewestKeyAfterAStartWithIt() {
    node.insert("acme", DOCS);

    new StoredNode(database, NEW, OLD).close();

    assertThat(rows("SELECT secrets FROM registry.mcp_servers"))
        .singleElement()
        .asString()
        .startsWith("new.");
    try (var later = new StoredNode(database, NEW)) {
      assertThat(later.names("acme")).containsExactly("Docs");
    }
  }

  @Test
  void leavesAServerAloneWhoseSecretsNobodyReads() {
    var docs = node.insert("acme", DOCS);
    node.insert("acme", named("Open", "open").put("auth_type", "none").putNull("auth_config"));

    try (var keyless = new StoredNode(database, NEW)) {
      assertThat(keyless.names("acme")).containsExactly("Open");
      var shown = keyless.book().find(docs.key()).await().orElseThrow();
      assertThat(shown.server()).isEmpty();
      assertThat(shown.error())
          .isEqualTo("The credentials of this server were kept with the key \"old\", which this"
              + " node does not have: give them again");
      assertThat(shown.said().getJsonObject("auth_config").getString("token")).isEqualTo("***");
    }
    assertThat(node.names("acme")).containsExactly("Docs", "Open");
  }

  @Test
  void readsNoSecretInThePlaceOfAnother() {
    var docs = node.insert("acme", DOCS);
    var other = node.insert("other", named("Other", "other"));
    TestDatabase.execute(
        database,
        "UPDATE registry.mcp_servers SET secrets = (SELECT secrets FROM registry.mcp_servers"
            + " WHERE id = '" + docs.key().id() + "') WHERE id = '"
            + other.key().id() + "'");

    assertThat(node.book().find(other.key()).await().orElseThrow().error())
        .isEqualTo("The credentials of this server are not as they were kept: give them again");
  }

  @Test
  void hasTheOperatorsServersForEveryone() {
    var operators = OperatorServers.read(
        "[{\"name\": \"zoo\", \"enabled\": true, \"url\": \"https://zoo.example.com/\"}]", true);
    var servers = new AllServers(operators, java.util.Optional.empty());

    assertThat(servers.of("acme").await()).isEqualTo(operators);
    assertThat(servers.find("acme", operators.get(0).key().id()).await()).isPresent();
    assertThat(servers.everyone().await()).isEqualTo(operators);
  }

  @Test
  void knowsWhichNamespaceIsAnotherThanItsNameSays() {
    var entry = "{\"name\": \"%s\", \"url\": \"https://zoo.example.com/\"}";
    var servers = OperatorServers.read(
        String.join(
            ",", entry.formatted("Demo"), entry.formatted("zoo"), entry.formatted("git mcp")),
        true);

    assertThat(servers).extracting(Server::namespace).containsExactly("demo-mcp", "zoo", "git-mcp");
    assertThat(servers).extracting(Registration::reservedFor).containsExactly("demo", null, null);
  }

  private List<String> rows(String query) {
    var rows = new ArrayList<String>();
    TestDatabase.query(database, query, rows::add);
    return rows;
  }
}
