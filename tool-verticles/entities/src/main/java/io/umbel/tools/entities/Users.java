package io.umbel.tools.entities;

import io.umbel.tools.entities.find.Found.Hit;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Users as {@code search_users} tells them. */
final class Users {

  /** What is told of a user beside id and score. */
  static final List<String> TEXTS =
      List.of("name", "email", "contact", "contact2", "userlogonname", "usertype");

  private Users() {}

  static JsonObject user(Hit hit) {
    var user = new JsonObject().put("id", hit.id());
    for (var name : TEXTS) {
      var value = hit.data().getValue(name);
      if (value instanceof String || value instanceof Number) {
        user.put(name, value.toString());
      }
    }
    return user.put("score", hit.shownScore());
  }
}
