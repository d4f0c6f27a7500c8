package io.umbel.tools.issues.store;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/**
 * An issue, as one row of {@code known_issues}.
 *
 * @param row its columns
 */
public record Issue(JsonObject row) {

  private static final List<String> TOLD = List.of(
      "id",
      "external_id",
      "key",
      "title",
      "description",
      "status",
      "priority",
      "labels",
      "assignee",
      "organization",
      "project",
      "project_id");

  public UUID id() {
    return UUID.fromString(row.getString("id"));
  }

  public String account() {
    return row.getString("account");
  }

  /** What people call it, as in {@code WEB-12}. */
  public String key() {
    return row.getString("key");
  }

  /** What its tracker calls it. */
  public String externalId() {
    return row.getString("external_id");
  }

  public String url() {
    return row.getString("url");
  }

  /** SHA-256 over title, description and labels. */
  public String revision() {
    return row.getString("revision");
  }

  /** What can be changed of it. */
  public Fields fields() {
    return new Fields(
        row.getString("title"),
        row.getString("description"),
        new Status(
            row.getString("status"),
            row.getString("category"),
            row.getJsonObject("meta_data").getString("original_status")),
        row.getString("priority"),
        row.getJsonArray("labels").stream().map(String.class::cast).toList(),
        row.getString("assignee"));
  }

  /** The project it is in. */
  public Project project() {
    return new Project(new JsonObject()
        .put("account", account())
        .put("id", row.getString("project_row"))
        .put("organization", row.getString("organization"))
        .put("identifier", row.getString("identifier"))
        .put("name", row.getString("project"))
        .put("in_scope", row.getBoolean("in_scope"))
        .put("tracker_id", row.getString("tracker_id"))
        .put("tracker", row.getString("tracker"))
        .put("tracker_type", row.getString("tracker_type")));
  }

  /** Whether the tracker's scope rules let its project in. */
  public boolean isInScope() {
    return row.getBoolean("in_scope");
  }

  /** As tools tell of it. */
  public JsonObject toJson() {
    var json = new JsonObject();
    TOLD.forEach(member -> json.put(member, row.getValue(member)));
    return json.put("project_identifier", row.getString("identifier"))
        .put("url", url())
        .put("created_at", row.getString("created_at"))
        .put("updated_at", row.getString("updated_at"))
        .put("revision", revision())
        .put("meta_data", metadata());
  }

  /** As lists tell of it: without its text. */
  public JsonObject toLine() {
    var json = toJson();
    json.remove("description");
    return json;
  }

  /** What tells it from others that a reference could mean. */
  public JsonObject candidate() {
    return JsonObject.of("id", row.getString("id"), "key", key(), "title", row.getString("title"))
        .put("url", url());
  }

  private JsonObject metadata() {
    var kept = row.getJsonObject("meta_data");
    return kept.copy()
        .put("status_category", row.getString("category"))
        .put("type", Kind.of(kept, row.getJsonArray("labels", new JsonArray())))
        .put("author", row.getString("author"))
        .put("tracker", row.getString("tracker"))
        .put("tracker_type", row.getString("tracker_type"));
  }
}
