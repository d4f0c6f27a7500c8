package io.umbel.tools.issues.tracker;

import io.umbel.tools.issues.store.Refused;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Several writes, one after the other, where a tracker takes a change only in parts. Where one
 * fails those before it are done, and that is said.
 */
public final class Steps {

  private final List<Step> steps = new ArrayList<>();

  private record Step(String name, Supplier<? extends Future<?>> work) {}

  /** The next one, by what people call it. */
  public Steps then(String name, Supplier<? extends Future<?>> work) {
    steps.add(new Step(name, work));
    return this;
  }

  /** Does them all; the names of those that were done. */
  public Future<List<String>> run() {
    return from(0, new ArrayList<>());
  }

  private Future<List<String>> from(int index, List<String> done) {
    if (index == steps.size()) {
      return Future.succeededFuture(done);
    }
    var step = steps.get(index);
    return Future.succeededFuture()
        .compose(begun -> step.work().get().<Void>mapEmpty())
        .transform(over -> {
          if (over.failed()) {
            return Future.failedFuture(told(over.cause(), step.name(), done));
          }
          done.add(step.name());
          return from(index + 1, done);
        });
  }

  private static Throwable told(Throwable why, String name, List<String> done) {
    if (done.isEmpty() || !(why instanceof Refused refused)) {
      return why;
    }
    var details =
        refused.details() == null ? new JsonObject() : refused.details().copy();
    return new Refused(
        refused.code(),
        refused.getMessage() + " (that was " + name + "; done before: " + String.join(", ", done)
            + ")",
        details.put("tracker_updated", true).put("updated", new JsonArray(done)));
  }
}
