package io.umbel.registry.scan;

import io.umbel.registry.scan.Offered.Thing;
import io.umbel.registry.server.Definitions.Kind;
import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.Upstream.Question;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Reads a server's lists to their end, within bounds. */
final class Lists {

  /** Of each kind. */
  static final int MOST = 1_000;

  private static final int MOST_PAGES = 200;
  private static final int LARGEST = 1_024 * 1_024;
  private static final int LARGEST_TOGETHER = 3 * 1_024 * 1_024;
  private static final int LONGEST_NAME = 2_048;
  private static final int NO_METHOD = -32601;

  private final Vertx vertx;
  private final Upstream upstream;
  private final Duration timeout;
  private final Offered offered = Offered.nothing();
  private int bytes;

  /** One of the lists. */
  private record Kinds(Kind kind, String method, String list, String name, String capability) {}

  private static final Kinds[] ALL = {
    new Kinds(Kind.TOOL, "tools/list", "tools", "name", "tools"),
    new Kinds(Kind.PROMPT, "prompts/list", "prompts", "name", "prompts"),
    new Kinds(Kind.RESOURCE, "resources/list", "resources", "uri", "resources"),
    new Kinds(
        Kind.TEMPLATE, "resources/templates/list", "resourceTemplates", "uriTemplate", "resources")
  };

  Lists(Vertx vertx, Upstream upstream, Duration timeout) {
    this.vertx = vertx;
    this.upstream = upstream;
    this.timeout = timeout;
  }

  /** All that the server offers; fails with {@link UpstreamFailure}. */
  Future<Offered> read() {
    var done = Future.<Void>succeededFuture();
    for (var list : ALL) {
      if (upstream.facts().capabilities().containsKey(list.capability())) {
        done = done.compose(before -> page(list, null, new HashSet<>()));
      }
    }
    return done.map(all -> offered);
  }

  private Future<Void> page(Kinds list, String cursor, Set<String> seen) {
    var params = cursor == null ? new JsonObject() : new JsonObject().put("cursor", cursor);
    return upstream
        .ask(new Question(list.method(), params, timeout, true), new Nobody())
        .compose(answer -> {
          if (answer instanceof Answer.Refused refused && refused.code() == NO_METHOD) {
            return Future.succeededFuture();
          }
          return taken(list, answer)
              .compose(next -> next == null || isEnough(list, next, seen)
                  ? Future.succeededFuture()
                  : page(list, next, seen));
        });
  }

  private boolean isEnough(Kinds list, String next, Set<String> seen) {
    if (offered.count(list.kind()) >= MOST) {
      return true;
    }
    if (!seen.add(next) || seen.size() >= MOST_PAGES) {
      offered.note(list.method() + " comes to no end; what came before is used");
      return true;
    }
    return false;
  }

  /** Hashes of large definitions take their time, which is not to be everybody's. */
  private Future<String> taken(Kinds list, Answer answer) {
    return vertx.executeBlocking(() -> take(list, answer), false);
  }

  /** Takes one page; where the next begins, or null. */
  private String take(Kinds list, Answer answer) {
    if (!(answer instanceof Answer.Result result)
        || !(result.json().getValue(list.list()) instanceof JsonArray items)) {
      var said = answer instanceof Answer.Refused refused
          ? "error %d: %s".formatted(refused.code(), refused.message())
          : "an answer without " + list.list();
      throw new UpstreamFailure(
          Reason.GARBAGE, "The server answers %s with %s".formatted(list.method(), said), true);
    }
    for (var item : items) {
      take(list, item);
    }
    return result.json().getValue("nextCursor") instanceof String next ? next : null;
  }

  private void take(Kinds list, Object item) {
    if (!(item instanceof JsonObject json)
        || !(json.getValue(list.name()) instanceof String name)
        || name.isEmpty()
        || name.length() > LONGEST_NAME) {
      offered.note(list.method() + " holds something without a usable " + list.name());
      return;
    }
    var unfit = unfit(list, name, json);
    if (unfit != null) {
      offered.note("%s is left out: %s".formatted(name, unfit));
      return;
    }
    var trimmed = new Trimming(offered, name).of(json);
    offered.things().add(new Thing(list.kind(), name, trimmed, Canonical.hash(trimmed)));
  }

  private String unfit(Kinds list, String name, JsonObject json) {
    if (offered.has(list.kind(), name)) {
      return "there are two of that name";
    }
    if (offered.count(list.kind()) >= MOST) {
      return "more than %d are not taken".formatted(MOST);
    }
    if (list.kind() == Kind.TOOL && !(json.getValue("inputSchema") instanceof JsonObject)) {
      return "it has no inputSchema";
    }
    var size = json.encode().length();
    if (size > LARGEST) {
      return "it is larger than %d bytes".formatted(LARGEST);
    }
    bytes += size;
    return bytes > LARGEST_TOGETHER
        ? "all together are larger than %d bytes".formatted(LARGEST_TOGETHER)
        : null;
  }
}
