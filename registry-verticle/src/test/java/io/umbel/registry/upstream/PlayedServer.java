package io.umbel.registry.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A server over real HTTP that plays what a test wants: an act for each method of JSON-RPC, and for
 * each other request by its method of HTTP and path, as in {@code GET /mcp}.
 */
public final class PlayedServer implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Consumer<Turn>> acts = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final boolean secure;

  /** One request as it came. */
  public record Seen(String what, String path, MultiMap headers, JsonObject json, String body) {

    /** Its id. */
    public Object id() {
      return json.getValue("id");
    }

    /** Its params. */
    public JsonObject params() {
      return json.getJsonObject("params", new JsonObject());
    }

    /** What its {@code _meta} says. */
    public JsonObject meta() {
      return params().getJsonObject("_meta", new JsonObject());
    }
  }

  public PlayedServer() {
    this(new HttpServerOptions());
  }

  public PlayedServer(HttpServerOptions options) {
    this.secure = options.isSsl();
    this.server = vertx
        .createHttpServer(options)
        .requestHandler(request -> request.body().onSuccess(body -> play(request, body)))
        .listen(0, "127.0.0.1")
        .await();
  }

  /** A server of 2026-07-28 that offers whatever those capabilities say. */
  public static PlayedServer stateless(JsonObject capabilities) {
    var server = new PlayedServer();
    return server.on("server/discover", turn -> turn.result(discovered(capabilities)));
  }

  /** A server of sessions, of that revision. */
  public static PlayedServer session(String revision, JsonObject capabilities) {
    var server = new PlayedServer();
    var sessions = new java.util.concurrent.atomic.AtomicInteger();
    server.on("server/discover", turn -> turn.error(400, -32000, "Server not initialized"));
    server.on("initialize", turn -> {
      turn.header("Mcp-Session-Id", "session-" + sessions.incrementAndGet());
      turn.result(new JsonObject()
          .put("protocolVersion", revision)
          .put("capabilities", capabilities)
          .put("serverInfo", new JsonObject().put("name", "played").put("version", "1"))
          .put("instructions", "Be kind"));
    });
    return server;
  }

  /** A server of sessions, of that revision, and of 2026-07-28 as well. */
  public static PlayedServer dual(String revision, JsonObject capabilities) {
    return session(revision, capabilities)
        .on("server/discover", turn -> turn.result(discovered(capabilities)));
  }

  static JsonObject discovered(JsonObject capabilities) {
    var info = new JsonObject().put("name", "played").put("version", "1");
    return new JsonObject()
        .put("resultType", "complete")
        .put("supportedVersions", new JsonArray().add("2026-07-28"))
        .put("capabilities", capabilities)
        .put("instructions", "Be kind")
        .put("ttlMs", 0)
        .put("cacheScope", "private")
        .put("_meta", new JsonObject().put("io.modelcontextprotocol/serverInfo", info));
  }

  /** What to do from now on. */
  public PlayedServer on(String what, Consumer<Turn> act) {
    acts.put(what, act);
    return this;
  }

  /** What it does. */
  Consumer<Turn> act(String what) {
    return acts.get(what);
  }

  public URI url() {
    return url("/mcp");
  }

  public URI url(String path) {
    return URI.create((secure ? "https" : "http") + "://localhost:" + server.actualPort() + path);
  }

  public int port() {
    return server.actualPort();
  }

  /** All requests of that kind, in order. */
  public List<Seen> seen(String what) {
    return seen.stream().filter(one -> one.what().equals(what)).toList();
  }

  /** All requests. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** The last request of that kind. */
  public Seen last(String what) {
    var all = seen(what);
    return all.get(all.size() - 1);
  }

  public Vertx vertx() {
    return vertx;
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  private void play(HttpServerRequest request, Buffer body) {
    var json = body.length() > 0 && body.getByte(0) == '{' ? body.toJsonObject() : new JsonObject();
    var method = json.getString("method");
    var what = method != null
        ? method
        : json.containsKey("id") ? "answer" : request.method() + " " + request.path();
    var one = new Seen(what, request.path(), request.headers(), json, body.toString());
    seen.add(one);
    var otherwise = json.containsKey("id") && method != null ? Turns.UNKNOWN : Turns.ACCEPT;
    acts.getOrDefault(what, json.isEmpty() ? Turns.NOT_ALLOWED : otherwise)
        .accept(new Turn(one, request));
  }

  /** What a server does that was told nothing. */
  private static final class Turns {
    static final Consumer<Turn> UNKNOWN = turn -> turn.error(404, -32601, "Method not found");
    static final Consumer<Turn> ACCEPT = turn -> turn.status(202);
    static final Consumer<Turn> NOT_ALLOWED = turn -> turn.status(405);
  }
}
