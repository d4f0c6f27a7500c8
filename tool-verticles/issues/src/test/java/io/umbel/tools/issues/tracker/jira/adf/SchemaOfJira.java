package io.umbel.tools.issues.tracker.jira.adf;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/**
 * What Jira Cloud checks of a document before it takes it, as its JSON schema has it
 * (go.atlassian.com/adf-json-schema), for the nodes that are written here.
 */
public final class SchemaOfJira {

  private static final Set<String> INLINE = Set.of("text", "hardBreak", "mention");
  private static final Set<String> BLOCKS = Set.of(
      "paragraph",
      "heading",
      "bulletList",
      "orderedList",
      "taskList",
      "codeBlock",
      "blockquote",
      "panel",
      "rule",
      "table");
  private static final Set<String> IN_ITEM =
      Set.of("paragraph", "bulletList", "orderedList", "codeBlock");
  private static final Set<String> IN_PANEL =
      Set.of("paragraph", "heading", "bulletList", "orderedList", "taskList", "codeBlock", "rule");
  private static final Map<String, Set<String>> CONTENT = Map.ofEntries(
      Map.entry("doc", BLOCKS),
      Map.entry("paragraph", INLINE),
      Map.entry("heading", INLINE),
      Map.entry("taskItem", INLINE),
      Map.entry("codeBlock", Set.of("text")),
      Map.entry("bulletList", Set.of("listItem")),
      Map.entry("orderedList", Set.of("listItem")),
      Map.entry("listItem", IN_ITEM),
      Map.entry("taskList", Set.of("taskItem", "taskList")),
      Map.entry("blockquote", IN_ITEM),
      Map.entry("panel", IN_PANEL),
      Map.entry("table", Set.of("tableRow")),
      Map.entry("tableRow", Set.of("tableHeader", "tableCell")),
      Map.entry("tableHeader", Set.of("paragraph")),
      Map.entry("tableCell", Set.of("paragraph")));
  private static final Set<String> NEVER_EMPTY = Set.of(
      "bulletList",
      "orderedList",
      "listItem",
      "taskList",
      "blockquote",
      "panel",
      "table",
      "tableRow",
      "tableCell",
      "tableHeader");
  private static final Map<String, Set<String>> ATTRIBUTES = Map.of(
      "heading", Set.of("level"),
      "panel", Set.of("panelType"),
      "taskList", Set.of("localId"),
      "taskItem", Set.of("localId", "state"),
      "mention", Set.of("id", "text"));

  private SchemaOfJira() {}

  /** What is wrong, or null: as Jira would say it, INVALID_INPUT. */
  public static String wrong(JsonObject document) {
    try {
      check(document);
      return null;
    } catch (AssertionError e) {
      return e.getMessage();
    }
  }

  static void check(JsonObject document) {
    assertThat(document.getString("type")).isEqualTo("doc");
    assertThat(document.getInteger("version")).isEqualTo(1);
    node(document);
  }

  private static void node(JsonObject node) {
    var type = node.getString("type");
    if (type.equals("text")) {
      text(node);
      return;
    }
    var attributes = ATTRIBUTES.getOrDefault(type, Set.of());
    if (!attributes.isEmpty()) {
      assertThat(node.getJsonObject("attrs").fieldNames()).as(type).containsAll(attributes);
    }
    var allowed = CONTENT.get(type);
    if (allowed == null) {
      assertThat(node.getValue("content")).as(type).isNull();
      return;
    }
    var content = node.getJsonArray("content");
    if (NEVER_EMPTY.contains(type)) {
      assertThat(content).as("%s", node).isNotEmpty();
    }
    if (type.equals("listItem")) {
      assertThat(content.getJsonObject(0).getString("type")).isIn("paragraph", "codeBlock");
    }
    if (type.equals("taskList")) {
      assertThat(content.getJsonObject(0).getString("type")).isEqualTo("taskItem");
    }
    for (var each : content) {
      var child = (JsonObject) each;
      assertThat(child.getString("type")).as("in a %s", type).isIn(allowed);
      if (type.equals("codeBlock")) {
        assertThat(child.getValue("marks")).isNull();
      }
      node(child);
    }
  }

  private static void text(JsonObject node) {
    assertThat(node.getString("text")).isNotEmpty();
    var marks = node.getJsonArray("marks");
    if (marks == null) {
      return;
    }
    var types =
        marks.stream().map(mark -> ((JsonObject) mark).getString("type")).toList();
    assertThat(types).doesNotHaveDuplicates().isNotEmpty();
    assertThat(types).isSubsetOf("strong", "em", "strike", "code", "link");
    if (types.contains("code")) {
      assertThat(types).isSubsetOf("code", "link");
    }
  }
}
