package io.umbel.gateway.limits;

import io.umbel.gateway.limits.RateSettings.Redis;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Redis, on which commands follow each other without waiting. It comes back by
 * itself. Answers come in the order of the commands, so it is enough to watch the oldest: where
 * that is overdue the connection is given up, and until there is another one commands fail at once.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
final class RedisLink {

  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
  private static final long PATIENCE_MILLIS = 250;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final Vertx vertx;
  private final RedisClients clients;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private io.vertx.redis.client.Redis client;
  private RedisConnection connection;
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private boolean watching;
  private boolean wasTold;
  private boolean closed;

  private record Waiting(Promise<Response> answer, long sinceNanos) {
    long millisLeft() {
      return PATIENCE_MILLIS - (System.nanoTime() - sinceNanos) / 1_000_000;
    }

    boolean isOver() {
      return answer.future().isComplete();
    }
  }

  RedisLink(Vertx vertx, Redis redis) {
    this.vertx = vertx;
    this.clients = new RedisClients(vertx, redis);
  }

  /** Begins to connect. */
  void open() {
    var attempt = clients.create();
    client = attempt;
    attempt
        .connect()
        .timeout(4 * PATIENCE_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS)
        .onSuccess(ready -> connected(attempt, ready))
        .onFailure(failure -> notConnected(attempt, failure));
  }

  /** Never comes back. */
  void close() {
    closed = true;
    lose("this gateway stops");
  }

  /** The answer; fails at once where there is no connection, and where there is none in time. */
  Future<Response> send(Request command) {
    if (connection == null) {
      return Future.failedFuture(new Away("not connected"));
    }
    var asked = new Waiting(Promise.promise(), System.nanoTime());
    waiting.add(asked);
    connection.send(command).onComplete(asked.answer()::tryComplete, asked.answer()::tryFail);
    forgetAnswered();
    watch();
    return asked.answer().future();
  }

  private void connected(io.vertx.redis.client.Redis attempt, RedisConnection ready) {
    if (attempt != client) {
      attempt.close();
      return;
    }
    connection = ready;
    pauseMillis = FIRST_PAUSE_MILLIS;
    wasTold = false;
    ready.exceptionHandler(broken -> lose(attempt, broken.getMessage()));
    ready.endHandler(end -> lose(attempt, "it closed the connection"));
    LOG.info("Connected to Redis at {}", clients.redis());
  }

  private void notConnected(io.vertx.redis.client.Redis attempt, Throwable why) {
    if (attempt == client) {
      lose(String.valueOf(why.getMessage()));
    } else {
      attempt.close();
    }
  }

  private void lose(io.vertx.redis.client.Redis which, String why) {
    if (which == client) {
      lose(why);
    }
  }

  private void lose(String why) {
    if (client != null) {
      client.close();
    }
    client = null;
    connection = null;
    waiting.forEach(asked -> asked.answer().tryFail(new Away(why)));
    waiting.clear();
    if (!closed) {
      tell(why);
      vertx.setTimer(nextPause(), again -> reopen());
    }
  }

  private void reopen() {
    if (!closed && client == null) {
      open();
    }
  }

  /** Not twice about the same loss. */
  private void tell(String why) {
    if (!wasTold) {
      LOG.warn("Redis at {} is away: {}. Trying again until it is back", clients.redis(), why);
    }
    wasTold = true;
  }

  /** Twice as long each time, and not all gateways at once. */
  private long nextPause() {
    var pause = pauseMillis + ThreadLocalRandom.current().nextLong(pauseMillis);
    pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    return pause;
  }

  private void watch() {
    if (!watching && !waiting.isEmpty()) {
      watching = true;
      vertx.setTimer(Math.max(1, waiting.peek().millisLeft()), due -> look());
    }
  }

  private void look() {
    watching = false;
    forgetAnswered();
    if (!waiting.isEmpty() && waiting.peek().millisLeft() <= 0) {
      lose("no answer within " + PATIENCE_MILLIS + " ms");
    }
    watch();
  }

  private void forgetAnswered() {
    while (!waiting.isEmpty() && waiting.peek().isOver()) {
      waiting.remove();
    }
  }

  /** There is no Redis to ask. */
  static final class Away extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Away(String why) {
      super(why, null, false, false);
    }
  }
}
