package io.umbel.registry.server;

import io.umbel.storage.Vault;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/**
 * A server as it is kept.
 *
 * @param key whose it is, and its id
 * @param said what was said of it, secrets too where they can be read
 * @param facts {@code version}, {@code created_at} and {@code updated_at}
 * @param server what that means; nothing where it cannot be used
 * @param error why it cannot, or null
 */
public record StoredServer(
    Server.Key key, JsonObject said, JsonObject facts, Optional<Server> server, String error) {

  /** What its version is. */
  public long version() {
    return facts.getLong("version");
  }

  /** What people call it. */
  public String name() {
    return said.getString("name");
  }

  /** A row of the table, its secrets opened. */
  static StoredServer of(JsonObject row, Vault vault, boolean pinned) {
    var key = new Server.Key(row.getString("account"), UUID.fromString(row.getString("id")));
    var facts = new JsonObject();
    ServerTable.FACTS.forEach(name -> facts.put(name, row.getValue(name)));
    var said = new JsonObject();
    ServerTable.MEMBERS.stream()
        .filter(name -> row.getValue(name) != null)
        .forEach(name -> said.put(name, row.getValue(name)));
    try {
      var secrets = row.getString("secrets");
      var whole = secrets == null
          ? said
          : Secrets.with(said, new JsonObject(vault.open(key.bound(), secrets)));
      return of(key, whole, facts, pinned);
    } catch (Vault.Unreadable e) {
      return new StoredServer(key, said, facts, Optional.empty(), unreadable(e));
    }
  }

  private static String unreadable(Vault.Unreadable why) {
    return "The credentials of this server " + why.getMessage() + ": give them again";
  }

  private static StoredServer of(
      Server.Key key, JsonObject said, JsonObject facts, boolean pinned) {
    var registration = Registration.of(said, pinned);
    var wrongs = registration.wrongs();
    if (!wrongs.isEmpty()) {
      var first = wrongs.get(0);
      var why = first.pointer().substring(1) + " " + first.message();
      return new StoredServer(key, said, facts, Optional.empty(), why);
    }
    var server = registration.server(key, facts.getLong("version"));
    return new StoredServer(key, said, facts, Optional.of(server), null);
  }
}
