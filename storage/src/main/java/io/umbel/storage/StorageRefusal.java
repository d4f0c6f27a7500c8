package io.umbel.storage;

import java.nio.file.Path;

/**
 * Why there is no database: a sentence on what is wrong and one on what to do. An answer, not a
 * bug: it has no stack, and never a password. Every one is a factory method here.
 */
public final class StorageRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What helps wherever the server that a node brings along does not. */
  private static final String USE_YOUR_OWN = "set UMBEL_DATABASE_URL to a PostgreSQL of your own";

  private StorageRefusal(String wrong, String toDo) {
    super(wrong + ". " + toDo + ".", null, false, false);
  }

  /** A URL that is none. */
  public static StorageRefusal unusableUrl(String why) {
    return new StorageRefusal(
        "The database URL cannot be used: " + why, "Correct umbel.database.url");
  }

  static StorageRefusal unreachable(DatabaseUrl url, String why) {
    return new StorageRefusal(
        "No PostgreSQL answers at " + url.place() + ": " + why,
        "Start it, or correct host and port in umbel.database.url");
  }

  static StorageRefusal notLetIn(DatabaseUrl url, String why) {
    return new StorageRefusal(
        "PostgreSQL at " + url.place() + " does not let user \"" + url.user() + "\" in: " + why,
        "Correct user and password in umbel.database.url, or the server's pg_hba.conf");
  }

  static StorageRefusal noSuchDatabase(DatabaseUrl url) {
    return new StorageRefusal(
        "There is no database \"" + url.database() + "\" at " + url.host() + ":" + url.port(),
        "Create it (createdb " + url.database() + "), or correct umbel.database.url");
  }

  static StorageRefusal busy(DatabaseUrl url, String why) {
    return new StorageRefusal(
        "PostgreSQL at " + url.place() + " takes no connections now: " + why,
        "Try again, or raise its max_connections");
  }

  static StorageRefusal notEncrypted(DatabaseUrl url, String why) {
    return new StorageRefusal(
        "The connection to PostgreSQL at " + url.place() + " cannot be encrypted as asked: " + why,
        "Correct sslmode and sslrootcert in umbel.database.url, or the server's certificate");
  }

  static StorageRefusal notAllowed(DatabaseUrl url, String why) {
    return new StorageRefusal(
        "User \"" + url.user() + "\" may not set up tables in " + url.place() + ": " + why,
        "Make it the owner of the database (ALTER DATABASE … OWNER TO …)");
  }

  static StorageRefusal newerSchema(DatabaseUrl url, String schema, String there, String here) {
    return new StorageRefusal(
        "Schema \"%s\" of %s is at version %s, made by a newer Umbel; this one knows up to %s"
            .formatted(schema, url.place(), there, here),
        "Start that newer Umbel, or use another database");
  }

  static StorageRefusal otherSchema(DatabaseUrl url, String schema, String why) {
    return new StorageRefusal(
        "Schema \"" + schema + "\" of " + url.place() + " is not as Umbel made it: " + why,
        "Restore it from a back-up, or use another database");
  }

  static StorageRefusal notMigrated(DatabaseUrl url, String schema, String why) {
    return new StorageRefusal(
        "Schema \"" + schema + "\" of " + url.place() + " cannot be set up: " + why,
        "Put that right and start again; nothing was changed by the step that failed");
  }

  /** No binaries of PostgreSQL come for this machine. */
  public static StorageRefusal noBinaries(String platform) {
    return new StorageRefusal(
        "No PostgreSQL for " + platform + " comes with Umbel", sentence(USE_YOUR_OWN));
  }

  /** Root cannot become somebody else, which PostgreSQL insists on. */
  public static StorageRefusal rootWithoutNamespaces(String why) {
    return new StorageRefusal(
        "PostgreSQL does not run as root, and this machine does not let root step into a user"
            + " namespace (unshare --user: " + why + ")",
        "Start Umbel as another user, or " + USE_YOUR_OWN);
  }

  /** A directory in which nothing can be kept. */
  public static StorageRefusal unusableDirectory(Path directory, String why) {
    return new StorageRefusal(
        "The database cannot be kept in " + directory + ": " + why,
        "Choose another directory with --data, or " + USE_YOUR_OWN);
  }

  /** Data that another major version of PostgreSQL wrote. */
  public static StorageRefusal otherMajor(Path data, String there, String here) {
    return new StorageRefusal(
        "The database in %s was made by PostgreSQL %s, and this Umbel brings %s"
            .formatted(data, there, here),
        "Start the Umbel that made it, or run PostgreSQL " + there + " on that directory and "
            + USE_YOUR_OWN.replace("a PostgreSQL of your own", "it"));
  }

  /** The server that a node brings along does not run. */
  public static StorageRefusal notStarted(Path log, String why) {
    return new StorageRefusal(
        "PostgreSQL did not start: " + why, "Look into " + log + ", or " + USE_YOUR_OWN);
  }

  /** The server that a node brings along does not end. */
  public static StorageRefusal notStopped(String why) {
    return new StorageRefusal(
        "PostgreSQL did not stop: " + why, "It goes on running, and the next start uses it");
  }

  private static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
