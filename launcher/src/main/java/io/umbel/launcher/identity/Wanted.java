package io.umbel.launcher.identity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * What a new token is to say.
 *
 * @param project it is bound to, or null
 * @param agent it is for, or null
 * @param life how long it is good
 */
public record Wanted(
    String account,
    String subject,
    String project,
    String agent,
    List<String> scopes,
    Duration life) {

  /** Of this machine's user, who may do everything, and runs it. */
  public static Wanted local(Duration life) {
    return new Wanted("local", "local", null, null, List.of("admin", "operator"), life);
  }

  JsonObject claims() {
    var claims = JsonObject.of("account_id", account, "sub", subject);
    if (project != null) {
      claims.put("project_ids", JsonArray.of(project));
    }
    if (agent != null) {
      claims.put("agent_id", agent);
    }
    return claims.put("scope", String.join(" ", scopes));
  }
}
