package io.umbel.registry.upstream.stdio;

import io.umbel.contract.Announcement.Instance;
import io.umbel.registry.owner.Ownership;
import io.umbel.registry.server.Endpoint.Stdio;
import io.umbel.registry.server.Policy;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.Upstream.Hearing;
import io.umbel.registry.upstream.Upstream.Notices;
import io.umbel.registry.upstream.Upstream.Question;
import io.umbel.registry.upstream.UpstreamFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Servers' processes, on a context of their own, at an instance that owns what the test says. */
final class Workshop implements AutoCloseable {

  static final int LARGEST = 1024 * 1024;
  static final JsonObject NOTHING = new JsonObject();
  static final StdioSettings.Times QUICK = new StdioSettings.Times(
      Duration.ofSeconds(20),
      Duration.ofMillis(300),
      Duration.ofMinutes(1),
      Duration.ofMinutes(5),
      Duration.ofSeconds(2));

  private final Context context;
  private final AtomicBoolean mine = new AtomicBoolean(true);
  private final BlockingQueue<Runnable> watchers = new LinkedBlockingQueue<>();
  private StdioUpstreams upstreams;

  Workshop(Vertx vertx, StdioSettings settings) {
    this.context = vertx.getOrCreateContext();
    run(() -> {
          upstreams = new StdioUpstreams(vertx, settings, new Settled(), () -> {});
          return Future.succeededFuture();
        })
        .await();
  }

  static StdioSettings settings(Path directory, Allowance allowance, StdioSettings.Times times) {
    var client = new JsonObject().put("name", "umbel").put("version", "test");
    var given = new StdioSettings.Surroundings(System.getenv(), Set.of());
    return new StdioSettings(directory, allowance, given, client, LARGEST, times);
  }

  /** The operator's own server. */
  static Server server(List<String> command, Map<String, String> env) {
    return server(Server.Key.OPERATOR, command, env);
  }

  static Server server(String account, List<String> command, Map<String, String> env) {
    var endpoint = new Stdio(command.get(0), command.subList(1, command.size()), env);
    var key = new Server.Key(account, UUID.randomUUID());
    return new Server(key, "scripted", "scripted", endpoint, Policy.USUAL, 1);
  }

  static Server scripted(String behaviour) {
    return server(ScriptedServer.command(behaviour), Map.of());
  }

  Future<Upstream> open(Server server) {
    return open(server, NOTHING);
  }

  Future<Upstream> open(Server server, JsonObject capabilities) {
    return run(() -> upstreams.open(server, capabilities));
  }

  /** What a tool answers, as text or as it is. */
  Future<String> call(Upstream way, String tool) {
    return call(way, tool, NOTHING, new Deaf());
  }

  Future<String> call(Upstream way, String tool, JsonObject arguments, Hearing hearing) {
    var params = new JsonObject().put("name", tool).put("arguments", arguments);
    var question = new Question("tools/call", params, Duration.ofSeconds(20), false);
    return run(() -> way.ask(question, hearing)).map(Workshop::text);
  }

  /** Why it failed. */
  UpstreamFailure failure(Future<?> attempt) {
    try {
      attempt.await();
    } catch (UpstreamFailure expected) {
      return expected;
    }
    throw new AssertionError("It did not fail");
  }

  <T> Future<T> run(Supplier<Future<T>> action) {
    var promise = Promise.<T>promise();
    context.runOnContext(go -> action.get().onComplete(promise));
    return promise.future();
  }

  StdioUpstreams upstreams() {
    return upstreams;
  }

  /** Ownership of everything goes elsewhere, or comes here. */
  void owns(boolean everything) {
    run(() -> {
          mine.set(everything);
          watchers.forEach(Runnable::run);
          return Future.succeededFuture();
        })
        .await();
  }

  @Override
  public void close() {
    run(() -> upstreams.close()).await();
  }

  private static String text(Answer answer) {
    if (!(answer instanceof Answer.Result result)) {
      return answer.toString();
    }
    var content = result.json().getJsonArray("content");
    return content == null ? result.json().encode() : content.getJsonObject(0).getString("text");
  }

  private final class Settled implements Ownership {
    @Override
    public boolean isMine(UUID server) {
      return mine.get();
    }

    @Override
    public Instance ownerOf(UUID server) {
      return new Instance("registry", mine.get() ? "here" : "there", "node", "1");
    }

    @Override
    public void onChange(Runnable watcher) {
      watchers.add(watcher);
    }
  }

  /** Hears nothing and is asked nothing. */
  static class Deaf implements Hearing {
    @Override
    public void progress(JsonObject params) {}

    @Override
    public void log(JsonObject params) {}

    @Override
    public Future<JsonObject> asked(String method, JsonObject params) {
      return Future.failedFuture(new UpstreamFailure.NoAnswer(-32603, "deaf"));
    }

    @Override
    public Future<Void> cancelled() {
      return Promise.<Void>promise().future();
    }
  }

  /** Writes down what it hears. */
  static final class Heard implements Notices {
    private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

    @Override
    public void listChanged(String list) {
      all.add(list);
    }

    @Override
    public void resourceUpdated(String uri) {
      all.add(uri);
    }

    @Override
    public void lost(UpstreamFailure why) {
      all.add(why.getMessage());
    }

    String next() {
      try {
        return all.poll(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
