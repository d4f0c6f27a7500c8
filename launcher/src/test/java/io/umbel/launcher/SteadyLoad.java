package io.umbel.launcher;

import io.umbel.launcher.client.McpClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Read-only calls, several at a time, one after the other, each answer checked, until told to end.
 */
final class SteadyLoad {

  private final McpClient client;
  private final AtomicLong answered = new AtomicLong();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final List<Future<Void>> loops = new ArrayList<>();
  private volatile boolean ending;

  private SteadyLoad(McpClient client) {
    this.client = client;
  }

  /** Begins, with that many calls at a time. */
  static SteadyLoad of(McpClient client, int atATime) {
    var load = new SteadyLoad(client);
    for (int i = 0; i < atATime; i++) {
      var over = Promise.<Void>promise();
      load.loops.add(over.future());
      load.loop(i, over);
    }
    return load;
  }

  /** How many calls have been answered rightly. */
  long answered() {
    return answered.get();
  }

  /** Ends it; gives every answer that was not the right one. */
  List<String> end() {
    ending = true;
    Future.join(loops).await();
    return List.copyOf(wrong);
  }

  /** Each answer leads to the next call; no chain of futures grows with their number. */
  private void loop(int number, Promise<Void> over) {
    if (ending) {
      over.complete();
      return;
    }
    var sum = new JsonObject().put("result", number + 1);
    client
        .call("add", new JsonObject().put("a", number).put("b", 1))
        .map(result -> result.getJsonObject("structuredContent", result))
        .otherwise(failure -> new JsonObject().put("failure", failure.getMessage()))
        .onSuccess(answer -> {
          note(sum, answer);
          loop(number + 1, over);
        });
  }

  private void note(JsonObject expected, JsonObject answer) {
    if (expected.equals(answer)) {
      answered.incrementAndGet();
    } else {
      wrong.add(answer.encode());
    }
  }
}
