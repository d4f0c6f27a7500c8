package io.umbel.benchmarks;

import io.umbel.benchmarks.load.Dialogue;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.atomic.AtomicLong;

/** Clients of bad servers, who ask again whatever comes, as long as they are let. */
final class BadCompany implements AutoCloseable {

  private static final int AT_ONCE = 4;
  private static final long PAUSE_MILLIS = 20;
  private static final long PATIENCE_MILLIS = 60_000;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(10 * AT_ONCE));
  private final int gateway;
  private final AtomicLong answers = new AtomicLong();
  private volatile boolean over;

  /** Asks the gateway on that port. */
  BadCompany(int gateway) {
    this.gateway = gateway;
  }

  /** Begins to ask, on so many connections. */
  void join(Dialogue dialogue) {
    for (int i = 0; i < AT_ONCE; i++) {
      ask(dialogue);
    }
  }

  /** How many answers came, of whatever kind. */
  long answers() {
    return answers.get();
  }

  private void ask(Dialogue dialogue) {
    if (over) {
      return;
    }
    var options = new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost("127.0.0.1")
        .setPort(gateway)
        .setURI(dialogue.path())
        .setTimeout(PATIENCE_MILLIS)
        .putHeader("Content-Type", "application/json")
        .putHeader("Accept", "application/json, text/event-stream");
    dialogue.headers().forEach(options::putHeader);
    client
        .request(options)
        .compose(request -> request.send(dialogue.body()))
        .compose(answer -> answer.body())
        .onSuccess(body -> answers.incrementAndGet())
        .onComplete(done -> vertx.setTimer(PAUSE_MILLIS, again -> ask(dialogue)));
  }

  @Override
  public void close() {
    over = true;
    client.close().await();
    vertx.close().await();
  }
}
