package io.umbel.launcher.client;

import io.umbel.launcher.exit.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** The index of the issues of a gateway's account. */
public final class SearchIndex {

  private static final String PATH = "/api/v1/search-index";
  private static final long PAUSE_MILLIS = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Vertx vertx;
  private final RestClient rest;

  public SearchIndex(Vertx vertx, RestClient rest) {
    this.vertx = vertx;
    this.rest = rest;
  }

  /** Reads all issues again, and waits for that: how many there are. */
  public JsonObject rebuilt() {
    rest.ask(HttpMethod.POST, PATH + "/rebuild", null);
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      var index = (JsonObject) rest.ask(HttpMethod.GET, PATH, null);
      if (index.getBoolean("is_caught_up")) {
        return index;
      }
      vertx.timer(PAUSE_MILLIS).await();
    }
    throw Refusal.failed("The index is still being read after " + PATIENCE.toMinutes()
        + " minutes; it goes on by itself");
  }
}
