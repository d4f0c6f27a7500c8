package io.umbel.tools.issues.store;

import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * A project of a tracker, as one row of {@code known_projects}.
 *
 * @param row its columns
 */
public record Project(JsonObject row) {

  public UUID id() {
    return UUID.fromString(row.getString("id"));
  }

  public UUID tracker() {
    return UUID.fromString(row.getString("tracker_id"));
  }

  public String trackerName() {
    return row.getString("tracker");
  }

  /** The kind of its tracker, as in {@code local}. */
  public String trackerType() {
    return row.getString("tracker_type");
  }

  public String account() {
    return row.getString("account");
  }

  /** What its tracker calls it, as in {@code WEB}. */
  public String identifier() {
    return row.getString("identifier");
  }

  /** Whether the tracker's scope rules let it in. */
  public boolean isInScope() {
    return row.getBoolean("in_scope");
  }

  /** What tells it from others of the same name. */
  public JsonObject candidate() {
    return JsonObject.of(
        "id",
        row.getString("id"),
        "identifier",
        identifier(),
        "name",
        row.getString("name"),
        "tracker",
        trackerName());
  }
}
