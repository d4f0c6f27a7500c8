package io.umbel.registry.server;

import static io.umbel.registry.server.StoredNode.DOCS;
import static io.umbel.registry.server.StoredNode.OLD;
import static io.umbel.registry.server.StoredNode.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.registry.server.Definitions.Definition;
import io.umbel.registry.server.Definitions.Difference;
import io.umbel.registry.server.Definitions.Kind;
import io.umbel.registry.server.Definitions.Standing;
import io.umbel.registry.server.Definitions.State;
import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StoredDefinitionsTest {

  private final DatabaseUrl database = TestDatabase.fresh();
  private final StoredNode node = new StoredNode(database, OLD);
  private final Server.Key docs = node.insert("acme", DOCS).key();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void tellsWhatAScanChanged() {
    assertThat(found(tool("a", 1), tool("b", 1))).isEqualTo(new Difference(2, 0, 0));
    assertThat(found(tool("a", 1), tool("b", 1))).isEqualTo(new Difference(0, 0, 0));
    assertThat(found(tool("c", 1), tool("a", 2))).isEqualTo(new Difference(1, 1, 1));
    assertThat(found(tool("b", 1))).isEqualTo(new Difference(1, 0, 2));
  }

  @Test
  void marksWhatIsNoLongerOffered() {
    found(tool("a", 1), tool("b", 1));
    found(tool("b", 1));

    assertThat(known()).extracting(Definition::name).containsExactly("b", "a");
    assertThat(known())
        .extracting(Definition::state)
        .containsExactly(State.APPROVED, State.REMOVED);
  }

  @Test
  void keepsToolsAndPromptsOfOneNameApart() {
    var prompt =
        new Definition(Kind.PROMPT, "a", new JsonObject(), null, State.APPROVED, "0".repeat(64));
    assertThat(found(tool("a", 1), prompt)).isEqualTo(new Difference(2, 0, 0));
  }

  @Test
  void knowsAfterARestartWhatWasFound() {
    found(tool("a", 1));

    try (var later = new StoredNode(database, OLD)) {
      assertThat(later.store().definitions().of(docs).await()).isEqualTo(known());
    }
  }

  @Test
  void tellsOtherNodesWhatWasFound() {
    try (var other = new StoredNode(database, OLD)) {
      var heard = new CopyOnWriteArrayList<Server.Key>();
      other.store().definitions().onChange(heard::add);
      assertThat(other.store().definitions().of(docs).await()).isEmpty();
      found(tool("a", 1));
      awaitThat(() -> heard.contains(docs));
      assertThat(other.store().definitions().of(docs).await()).isEqualTo(known());
    }
  }

  @Test
  void approvesWhatIsNamedOrEverything() {
    found(changed("a", 2), changed("b", 2), changed("c", 2));
    node.store().definitions().approve(docs, List.of("b")).await();
    assertThat(known())
        .extracting(Definition::state)
        .containsExactly(State.CHANGED, State.APPROVED, State.CHANGED);
    assertThat(known().get(1).approved()).isNull();
    node.store().definitions().approve(docs, List.of()).await();
    assertThat(known()).extracting(Definition::state).containsOnly(State.APPROVED);
  }

  @Test
  void staysApprovedWhereAScanDidNotKnowYet() {
    found(changed("a", 2));
    node.store().definitions().approve(docs, List.of("a")).await();
    found(changed("a", 2));

    assertThat(known()).extracting(Definition::state).containsExactly(State.APPROVED);
  }

  @Test
  void knowsHowAServerDoes() {
    var at = Instant.parse("2026-01-02T03:04:05Z");
    assertThat(standing()).isEqualTo(Standing.UNKNOWN);
    var well = new Standing(true, null, at, at, JsonObject.of("revision", "2025-11-25"));
    node.store().definitions().stands(docs, well).await();
    assertThat(standing()).isEqualTo(well);
    var again = new Standing(true, null, at, at.plusSeconds(30), well.facts());
    node.store().definitions().stands(docs, again).await();
    assertThat(standing()).isEqualTo(again);
    try (var later = new StoredNode(database, OLD)) {
      assertThat(later.store().definitions().standing(docs).await()).isEqualTo(again);
    }
  }

  @Test
  void forgetsAllOfAServerThatIsGone() {
    found(tool("a", 1));
    node.store().definitions().stands(docs, new Standing(true, null, null, null, new JsonObject()));
    node.book().delete(docs, 0).await();
    found(tool("late", 1));

    assertThat(rows("SELECT name FROM registry.definitions")).isEmpty();
    assertThat(rows("SELECT server::text FROM registry.standings")).isEmpty();
  }

  @Test
  void keepsWhatServersOfTheOperatorOffer() {
    var operators = new Server.Key(Server.Key.OPERATOR, UUID.randomUUID());
    node.store().definitions().found(operators, List.of(tool("a", 1))).await();

    assertThat(node.store().definitions().of(operators).await()).hasSize(1);
  }

  @Test
  void keepsNamesOfAnyLength() {
    var name = "https://example.com/" + "x".repeat(20_000);
    found(new Definition(Kind.RESOURCE, name, new JsonObject(), null, State.APPROVED, "0"));

    assertThat(known()).extracting(Definition::name).containsExactly(name);
  }

  @Test
  void doesTheSameInMemory() {
    var memory = new MemoryDefinitions();
    var heard = new ArrayList<Server.Key>();
    memory.onChange(heard::add);

    assertThat(memory.found(docs, List.of(changed("a", 2))).await())
        .isEqualTo(new Difference(1, 0, 0));
    memory.approve(docs, List.of("a")).await();
    assertThat(memory.of(docs).await())
        .extracting(Definition::state)
        .containsExactly(State.APPROVED);
    memory
        .stands(docs, new Standing(false, "gone", null, null, new JsonObject()))
        .await();
    assertThat(memory.standing(docs).await().error()).isEqualTo("gone");
    assertThat(heard).containsExactly(docs, docs, docs);
  }

  private static Definition tool(String name, int version) {
    var json = JsonObject.of("name", name, "version", version);
    return new Definition(Kind.TOOL, name, json, null, State.APPROVED, "hash " + version);
  }

  private static Definition changed(String name, int version) {
    var tool = tool(name, version);
    var approved = tool(name, 1).json();
    return new Definition(Kind.TOOL, name, tool.json(), approved, State.CHANGED, tool.hash());
  }

  private Difference found(Definition... definitions) {
    return node.store().definitions().found(docs, List.of(definitions)).await();
  }

  private List<Definition> known() {
    return node.store().definitions().of(docs).await();
  }

  private Standing standing() {
    return node.store().definitions().standing(docs).await();
  }

  private List<String> rows(String query) {
    var rows = new ArrayList<String>();
    TestDatabase.query(database, query, rows::add);
    return rows;
  }
}
