package io.umbel.registry;

import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.Era;
import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** A server that a test plays, without a wire: says what it lists, and how it answers. */
final class PlayedServer {

  /** The ways to servers that tests play, by the namespace they are registered with. */
  static final class All implements Upstreams {
    private final Map<String, PlayedServer> servers = new ConcurrentHashMap<>();

    PlayedServer play(String namespace) {
      return servers.computeIfAbsent(namespace, made -> new PlayedServer());
    }

    @Override
    public Future<Upstream> open(Server server, JsonObject capabilities, Era wanted) {
      play(server.namespace()).wanted.add(wanted);
      return play(server.namespace()).open(server, capabilities);
    }
  }

  final Queue<Server> opened = new ConcurrentLinkedQueue<>();
  final Queue<JsonObject> capabilities = new ConcurrentLinkedQueue<>();
  final Queue<Era> wanted = new ConcurrentLinkedQueue<>();
  final Queue<Upstream.Question> asked = new ConcurrentLinkedQueue<>();
  final Queue<String> watched = new ConcurrentLinkedQueue<>();
  final AtomicInteger closed = new AtomicInteger();
  final List<Upstream.Notices> listeners = new CopyOnWriteArrayList<>();
  final Map<String, JsonArray> lists = new ConcurrentHashMap<>();
  volatile boolean modern = true;
  volatile RuntimeException down;
  volatile String refuses;
  volatile Future<Void> opening = Future.succeededFuture();
  volatile Future<Void> listing = Future.succeededFuture();
  volatile BiFunction<Upstream.Question, Upstream.Hearing, Future<Upstream.Answer>> calls =
      (question, hearing) -> Future.succeededFuture(text("done"));

  /** A result of one text. */
  static Upstream.Answer text(String text) {
    var content = new JsonArray().add(JsonObject.of("type", "text", "text", text));
    return new Upstream.Answer.Result(new JsonObject().put("content", content));
  }

  static UpstreamFailure trouble(Reason reason, boolean delivered) {
    return new UpstreamFailure(reason, "it is played so", delivered);
  }

  /** It has a tool of that name that takes anything. */
  PlayedServer tool(String name, String description) {
    return tool(new JsonObject()
        .put("name", name)
        .put("description", description)
        .put("inputSchema", JsonObject.of("type", "object")));
  }

  PlayedServer tool(JsonObject definition) {
    return add("tools", definition);
  }

  PlayedServer add(String list, JsonObject definition) {
    lists.computeIfAbsent(list, made -> new JsonArray()).add(definition);
    return this;
  }

  /** It offers nothing any longer. */
  PlayedServer nothing() {
    lists.clear();
    return this;
  }

  /** It tells everyone who listens that one of its lists is another. */
  void changed(String list) {
    listeners.forEach(each -> each.listChanged(list));
  }

  /** What clients had called, in order. */
  List<Upstream.Question> called(String method) {
    return asked.stream().filter(each -> each.method().equals(method)).toList();
  }

  private Future<Upstream> open(Server server, JsonObject abilities) {
    opened.add(server);
    capabilities.add(abilities);
    return here(opening)
        .compose(
            ready -> down == null ? Future.succeededFuture(new Way()) : Future.failedFuture(down));
  }

  /** Whoever completes it, it goes on where it was asked for, as with a real wire. */
  private static <T> Future<T> here(Future<T> anywhere) {
    if (anywhere.isComplete()) {
      return anywhere;
    }
    var context = Vertx.currentContext();
    var promise = Promise.<T>promise();
    anywhere.onComplete(done -> context.runOnContext(turn -> promise.handle(done)));
    return promise.future();
  }

  private final class Way implements Upstream {
    private Notices notices;

    @Override
    public Facts facts() {
      var offered = new JsonObject();
      for (var list : List.of("tools", "prompts", "resources")) {
        offered.put(list, new JsonObject());
      }
      var info = JsonObject.of("name", "played", "version", "1");
      return new Facts(modern, modern ? "2026-07-28" : "2025-11-25", offered, info, null);
    }

    @Override
    public Future<Answer> ask(Question question, Hearing hearing) {
      asked.add(question);
      if (down != null) {
        return Future.failedFuture(down);
      }
      if (question.method().equals(refuses)) {
        return Future.succeededFuture(new Answer.Refused(-32603, "not now", null));
      }
      return switch (question.method()) {
        case "tools/list" -> list("tools");
        case "prompts/list" -> list("prompts");
        case "resources/list" -> list("resources");
        case "resources/templates/list" -> list("resourceTemplates");
        case "ping", "server/discover" ->
          Future.succeededFuture(new Answer.Result(new JsonObject()));
        default -> here(calls.apply(question, hearing));
      };
    }

    private Future<Answer> list(String member) {
      return here(listing)
          .map(ready -> new Answer.Result(new JsonObject()
              .put(member, lists.getOrDefault(member, new JsonArray()).copy())));
    }

    @Override
    public Future<Void> watch(String uri, boolean wanted) {
      watched.add((wanted ? "+" : "-") + uri);
      return Future.succeededFuture();
    }

    @Override
    public void listen(Notices all) {
      notices = all;
      listeners.add(all);
    }

    @Override
    public Future<Void> close() {
      closed.incrementAndGet();
      listeners.remove(notices);
      return Future.succeededFuture();
    }
  }
}
