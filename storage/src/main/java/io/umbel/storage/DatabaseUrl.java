package io.umbel.storage;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.Optional;

/**
 * Where a node's database is and how to be let in. Never shows its password.
 *
 * @param host name or address, without brackets
 * @param port of the server
 * @param database its name
 * @param user who we are there
 * @param password empty for none
 * @param tls whether and how the connection is encrypted
 */
public record DatabaseUrl(
    String host, int port, String database, String user, String password, Tls tls)
    implements Shareable {

  /** Where PostgreSQL listens unless it was told otherwise. */
  public static final int USUAL_PORT = 5432;

  private static final String ROOM = "umbel";
  private static final String NAME = "database";

  /** One without encryption. */
  public DatabaseUrl(String host, int port, String database, String user, String password) {
    this(host, port, database, user, password, Tls.OFF);
  }

  /**
   * What a text such as {@code postgresql://user:password@host:5432/database?sslmode=require}
   * means.
   *
   * @throws StorageRefusal if it is no such text
   */
  public static DatabaseUrl of(String text) {
    return new UrlReader(text).read();
  }

  /** Makes this the database of everything deployed on that Vert.x. */
  public DatabaseUrl installOn(Vertx vertx) {
    vertx.sharedData().<String, DatabaseUrl>getLocalMap(ROOM).put(NAME, this);
    return this;
  }

  /** The database of that Vert.x, if its node has one. */
  public static Optional<DatabaseUrl> find(Vertx vertx) {
    return Optional.ofNullable(
        vertx.sharedData().<String, DatabaseUrl>getLocalMap(ROOM).get(NAME));
  }

  /**
   * The database of that Vert.x.
   *
   * @throws IllegalStateException if its node has none
   */
  public static DatabaseUrl of(Vertx vertx) {
    return find(vertx)
        .orElseThrow(() -> new IllegalStateException(
            "This node has no database: call DatabaseUrl.installOn(vertx) before deploying"));
  }

  /** The same server and user, another database. */
  public DatabaseUrl withDatabase(String name) {
    return new DatabaseUrl(host, port, name, user, password, tls);
  }

  /** Where it is, as people write it: {@code host:port/database}. */
  public String place() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + "/" + database;
  }

  @Override
  public String toString() {
    return "postgresql://" + user + (password.isEmpty() ? "" : ":***") + "@" + place()
        + tls.query();
  }
}
