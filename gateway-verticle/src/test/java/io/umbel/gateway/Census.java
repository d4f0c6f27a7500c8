package io.umbel.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.metrics.EventBusMetrics;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.core.spi.observability.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a Vert.x holds: handlers on the bus, responses that are not over, timers. */
public final class Census implements VertxMetrics {

  private final AtomicInteger handlers = new AtomicInteger();
  private final AtomicInteger responses = new AtomicInteger();
  private final Vertx vertx = Vertx.builder().withMetrics(new Factory(this)).build();

  /**
   * What is held.
   *
   * @param handlers registered on the event bus, those that wait for replies too
   * @param responses that have not ended
   * @param timers that have yet to fire, once or again
   */
  public record Held(int handlers, int responses, int timers) {}

  private record Factory(VertxMetrics metrics) implements VertxMetricsFactory {
    @Override
    public VertxMetrics metrics(VertxOptions options) {
      return metrics;
    }
  }

  /** The Vert.x that is counted. */
  public Vertx vertx() {
    return vertx;
  }

  public Held held() {
    return new Held(handlers.get(), responses.get(), timers());
  }

  /** Vert.x tells nobody; this is where it keeps them. */
  private int timers() {
    try {
      var timers = vertx.getClass().getDeclaredField("timeouts");
      timers.setAccessible(true);
      return ((Map<?, ?>) timers.get(vertx)).size();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Vert.x keeps its timers elsewhere now", e);
    }
  }

  @Override
  public EventBusMetrics<Object> createEventBusMetrics() {
    return new EventBusMetrics<>() {
      @Override
      public Object handlerRegistered(String address) {
        handlers.incrementAndGet();
        return address;
      }

      @Override
      public void handlerUnregistered(Object handler) {
        handlers.decrementAndGet();
      }
    };
  }

  @Override
  public HttpServerMetrics<Object, Object, Object> createHttpServerMetrics(
      HttpServerOptions options, SocketAddress address) {
    return new HttpServerMetrics<>() {
      @Override
      public Object requestBegin(Object socket, HttpRequest request) {
        responses.incrementAndGet();
        return request;
      }

      @Override
      public void requestReset(Object request) {
        responses.decrementAndGet();
      }

      @Override
      public void responseEnd(Object request, HttpResponse response, long bytes) {
        responses.decrementAndGet();
      }
    };
  }
}
