package io.umbel.registry.upstream;

import io.umbel.registry.upstream.Upstream.Hearing;
import io.umbel.registry.upstream.Upstream.Notices;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** Remembers all that it hears, and answers as it was told. */
public final class Ear implements Hearing, Notices {

  private final List<JsonObject> progress = new CopyOnWriteArrayList<>();
  private final List<JsonObject> logs = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> notices = new CopyOnWriteArrayList<>();
  private final Promise<Void> cancelled = Promise.promise();
  private volatile UpstreamFailure lost;
  private volatile BiFunction<String, JsonObject, Future<JsonObject>> answers =
      (method, params) -> Future.failedFuture(new UpstreamFailure.NoAnswer(-1, "nobody is here"));

  public Ear answering(BiFunction<String, JsonObject, Future<JsonObject>> with) {
    answers = with;
    return this;
  }

  public void cancel() {
    cancelled.complete();
  }

  public List<JsonObject> progresses() {
    return progress;
  }

  public List<JsonObject> logs() {
    return logs;
  }

  public List<String> questions() {
    return asked;
  }

  public List<String> notices() {
    return notices;
  }

  public UpstreamFailure lost() {
    return lost;
  }

  @Override
  public void progress(JsonObject params) {
    progress.add(params);
  }

  @Override
  public void log(JsonObject params) {
    logs.add(params);
  }

  @Override
  public Future<JsonObject> asked(String method, JsonObject params) {
    asked.add(method);
    return answers.apply(method, params);
  }

  @Override
  public Future<Void> cancelled() {
    return cancelled.future();
  }

  @Override
  public void listChanged(String list) {
    notices.add(list);
  }

  @Override
  public void resourceUpdated(String uri) {
    notices.add(uri);
  }

  @Override
  public void lost(UpstreamFailure why) {
    lost = why;
  }
}
