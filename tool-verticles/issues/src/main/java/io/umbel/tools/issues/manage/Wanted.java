package io.umbel.tools.issues.manage;

import io.vertx.core.json.JsonObject;

/**
 * A tracker as it is to be.
 *
 * @param tracker its members, nothing secret among them
 * @param secret what opens it from now on, or null for what does so already, if anything does
 * @param isReconnected whether it is reached in another way than before
 */
record Wanted(JsonObject tracker, String secret, boolean isReconnected) {

  String type() {
    return tracker.getString("tracker_type");
  }

  /** Whether nobody says which projects it has. */
  boolean isWithoutProjects() {
    return tracker.getJsonArray("projects").isEmpty();
  }

  @Override
  public String toString() {
    return tracker.getString("name");
  }
}
