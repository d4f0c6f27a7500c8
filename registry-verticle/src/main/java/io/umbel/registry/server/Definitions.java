package io.umbel.registry.server;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** What servers offer, as it was last found and as it was approved; kept beyond restarts. */
public interface Definitions {

  /** What a server may offer. */
  enum Kind {
    TOOL,
    PROMPT,
    RESOURCE,
    TEMPLATE
  }

  /** What is thought of a definition. */
  enum State {
    /** It is what was approved: by somebody, or by being the first of its name. */
    APPROVED,
    /** It is another than what was approved, and hidden where the server is pinned. */
    CHANGED,
    /** It imitates a tool of another server or of this house, and is hidden. */
    SHADOWING,
    /** The server no longer offers it. */
    REMOVED
  }

  /**
   * One definition.
   *
   * @param kind of what
   * @param name the server's own: a tool's or prompt's name, a URI, a URI template
   * @param json the MCP object, with all members it came with
   * @param approved the one that was approved last, or null where that is the same
   * @param state what is thought of it
   * @param hash SHA-256 of its canonical JSON (RFC 8785), in hex
   */
  record Definition(
      Kind kind, String name, JsonObject json, JsonObject approved, State state, String hash) {}

  /**
   * How a server does, for REST and lists.
   *
   * @param healthy whether it answered when it was last asked
   * @param error why not, in words for its owner, or null
   * @param scannedAt when its definitions were last found, or null
   * @param checkedAt when it was last asked, or null
   * @param facts era, revision, {@code serverInfo}, capabilities, instructions; empty if not known;
   *     {@code starting} while a process has not told of itself
   */
  record Standing(
      boolean healthy, String error, Instant scannedAt, Instant checkedAt, JsonObject facts) {

    /** Nobody has asked it yet. */
    public static final Standing UNKNOWN = new Standing(true, null, null, null, new JsonObject());

    private static final String STARTING = "starting";

    /** It was asked at that time, and is a process that has not told of itself yet. */
    public Standing starting(Instant now) {
      return new Standing(healthy, error, scannedAt, now, known().put(STARTING, true));
    }

    /** Whether it is a process that has not told of itself yet. */
    public boolean isStarting() {
      return facts.containsKey(STARTING);
    }

    /** It was asked at that time, and answered. */
    public Standing answered(Instant now) {
      return new Standing(true, null, scannedAt, now, known());
    }

    /** It was asked at that time, and did not answer: what is known of it stays known. */
    public Standing failed(String why, Instant now) {
      return new Standing(false, why, scannedAt, now, known());
    }

    private JsonObject known() {
      var known = facts.copy();
      known.remove(STARTING);
      return known;
    }
  }

  /** What a scan changed, in numbers. */
  record Difference(int added, int updated, int removed) {
    /** Whether lists look otherwise now. */
    public boolean isAny() {
      return added + updated + removed > 0;
    }
  }

  /** All that is known of a server's offers, removed ones too; in memory, so this is quick. */
  Future<List<Definition>> of(Server.Key server);

  /** How the server does. */
  Future<Standing> standing(Server.Key server);

  /** A scan found these; what is missing among them is removed. */
  Future<Difference> found(Server.Key server, List<Definition> definitions);

  /** The server was asked and is so. */
  Future<Void> stands(Server.Key server, Standing standing);

  /** What changed of these names is what it should be; an empty list for all of them. */
  Future<Void> approve(Server.Key server, List<String> names);

  /** Tells of which server something else is known now, from this node or another. */
  void onChange(Consumer<Server.Key> server);
}
