package io.umbel.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * On whose behalf a call is made. It always comes from a verified token (or, on a loopback-only
 * gateway without identity, is {@link #LOCAL}); arguments never decide it. On the bus it travels
 * sealed, see {@link CallerSeal}.
 *
 * @param account the tenant; first in every query
 * @param subject the user or machine the token was issued to
 * @param project the project the token is bound to, or null
 * @param agent the agent the token is bound to, or null
 * @param scopes what the token allows, sorted
 * @param reach which tools and projects it is confined to
 */
public record Caller(
    String account, String subject, String project, String agent, Set<String> scopes, Reach reach) {

  /** Whoever can reach a gateway that listens on loopback and asks for no token. */
  public static final Caller LOCAL = new Caller("local", "local", null, null, Set.of("admin"));

  public Caller {
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(reach, "reach");
    scopes = java.util.Collections.unmodifiableSet(new TreeSet<>(scopes));
  }

  /** One whose token is confined to no tools and no projects. */
  public Caller(String account, String subject, String project, String agent, Set<String> scopes) {
    this(account, subject, project, agent, scopes, Reach.ALL);
  }

  /** The same, narrowed to that upstream server; to none where it is null. */
  public Caller toServer(String namespace) {
    return new Caller(account, subject, project, agent, scopes, reach.toServer(namespace));
  }

  /**
   * Who it is, whatever its tokens allow, as one text: account, subject, project and agent. Another
   * agent of the same subject is another owner, and so is who is narrowed to another server.
   */
  public String owner() {
    var who = part(account) + part(subject) + part(project) + part(agent);
    return reach.server() == null ? who : who + part(reach.server());
  }

  /** No two lists of parts give the same text. */
  private static String part(String text) {
    return text == null ? "-" : text.length() + ":" + text;
  }

  JsonObject toJson() {
    var json = new JsonObject().put("account", account).put("subject", subject);
    if (project != null) {
      json.put("project", project);
    }
    if (agent != null) {
      json.put("agent", agent);
    }
    reach.writeTo(json);
    return scopes.isEmpty()
        ? json
        : json.put("scopes", new JsonArray(java.util.List.copyOf(scopes)));
  }

  static Caller fromJson(JsonObject json) {
    var scopes = new TreeSet<String>();
    json.getJsonArray("scopes", new JsonArray()).forEach(scope -> scopes.add((String) scope));
    return new Caller(
        json.getString("account"),
        json.getString("subject"),
        json.getString("project"),
        json.getString("agent"),
        scopes,
        Reach.readFrom(json));
  }
}
