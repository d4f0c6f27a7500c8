package io.umbel.gateway.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.Bus;
import io.umbel.contract.Caller;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Node;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.TwoGateways;
import io.umbel.gateway.access.Accounts;
import io.umbel.gateway.access.TagScopes;
import io.umbel.gateway.call.CatalogDesk;
import io.umbel.gateway.call.GatewayDesk;
import io.umbel.gateway.call.OpenCalls;
import io.umbel.gateway.call.OpenNow;
import io.umbel.gateway.catalog.Catalog;
import io.umbel.gateway.catalog.Visibility;
import io.umbel.gateway.catalog.Windows;
import io.umbel.gateway.wire.EventSink;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.Revision;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a session's own stream is kept for a client that is gone, here or elsewhere. */
class StreamsTest {

  private static final Caller ANN = Caller.LOCAL;
  private static final Buffer MESSAGE = Buffer.buffer("{}");

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger over = new AtomicInteger();
  private Side here;
  private Side elsewhere;
  private Session session;

  /** One gateway's part in this. */
  private record Side(Streams streams, Visits visits) {}

  @BeforeEach
  void start() {
    var about = new Node.About("umbel", "1.2.3", "test");
    new Node(Node.ALONE, ClusterSecret.random(), Clock.systemUTC(), about).installOn(vertx);
    here = side("aaaaaaaaaaaa");
    elsewhere = side("bbbbbbbbbbbb");
    var agreement = new Session.Agreement(Revision.V2025_11_25, new JsonObject(), null);
    session = Session.of(Session.facts("key", ANN, Long.MAX_VALUE, agreement));
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void aStreamReadByAnotherGatewayLastsAsLongAsItIsRead() {
    var client = new Reader();
    var stream = begun(client);
    var abandoned = begun(new Reader());
    client.end();
    var other = new Reader();
    on(() -> elsewhere.visits().attach(session, client.lastId(), other)).await();
    abandoned.client().end();
    TwoGateways.until(() -> over.get() == 1);
    assertThat(over).hasValue(1);
    send(stream.stream());
    TwoGateways.until(() -> other.events.size() == 1);
    assertThat(other.events).hasSize(1);
    other.end();
    TwoGateways.until(() -> over.get() == 2);
    assertThat(over).hasValue(2);
    assertThat(elsewhere.visits().size() + here.visits().size()).isZero();
  }

  @Test
  void whoReadsFromANodeThatIsGoneIsHungUpOn() {
    var client = new Reader();
    begun(client);
    client.end();
    var other = new Reader();
    on(() -> elsewhere.visits().attach(session, client.lastId(), other)).await();
    vertx.eventBus().publish(Bus.NODE_LEFT, Node.ALONE);
    other.closed().await();
    TwoGateways.until(() -> elsewhere.visits().size() + here.visits().size() == 0);
    assertThat(elsewhere.visits().size() + here.visits().size()).isZero();
  }

  @Test
  void whoComesTooLateIsToldThatTheStreamIsGone() {
    var client = new Reader();
    begun(client);
    client.end();
    TwoGateways.until(() -> over.get() == 1);
    TwoGateways.until(() -> failure(client.lastId()) != null);
    assertThat(failure(client.lastId()))
        .isInstanceOf(McpException.class)
        .hasMessage("That stream is gone: open a new one without Last-Event-ID");
  }

  private Throwable failure(String lastId) {
    return on(() -> elsewhere
            .visits()
            .attach(session, lastId, new Reader())
            .transform(done -> Future.succeededFuture(done.cause())))
        .await();
  }

  private record Begun(SessionStream stream, Reader client) {}

  private Begun begun(Reader client) {
    return on(() -> {
          var stream = here.streams().open(session, "", client);
          here.streams().keep(stream, client, over::incrementAndGet);
          stream.send(MESSAGE);
          return Future.succeededFuture(new Begun(stream, client));
        })
        .await();
  }

  private void send(SessionStream stream) {
    on(() -> {
          stream.send(MESSAGE);
          return Future.succeededFuture();
        })
        .await();
  }

  private Side side(String gateway) {
    var settings = GatewaySettings.defaults();
    var calls = new OpenCalls(OpenNow.in(vertx, new SimpleMeterRegistry()));
    var offers = new Catalog(Visibility.ALL);
    var windows =
        new Windows(vertx, offers, Accounts.NONE, TagScopes.USUAL, new SimpleMeterRegistry());
    var catalog = new CatalogDesk(Node.of(vertx), windows, settings);
    var desk = new GatewayDesk(vertx, Bus.addressOf(Bus.GATEWAY, gateway), calls, catalog);
    var audience = new Audience(vertx, gateway);
    var streams = new Streams(vertx, gateway, audience, Duration.ofMillis(100));
    var visits = new Visits(vertx, desk, streams);
    on(() -> {
          streams.open();
          visits.open();
          return desk.open().compose(ready -> audience.open());
        })
        .await();
    return new Side(streams, visits);
  }

  private final io.vertx.core.Context context = vertx.getOrCreateContext();

  private <T> Future<T> on(Supplier<Future<T>> task) {
    var done = Promise.<T>promise();
    context.runOnContext(go -> task.get().onComplete(done));
    return done.future();
  }

  /** A client that takes all it is sent. */
  private static final class Reader implements EventSink {
    @Override
    public String peer() {
      return null;
    }

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Promise<Void> closed = Promise.promise();

    private String lastId() {
      return events.get(events.size() - 1).id();
    }

    @Override
    public boolean isOpen() {
      return !closed.future().isComplete();
    }

    @Override
    public boolean hasBegun() {
      return !events.isEmpty();
    }

    @Override
    public void start() {
      // It takes events at any time.
    }

    @Override
    public void send(Event event) {
      events.add(event);
    }

    @Override
    public void end() {
      closed.tryComplete();
    }

    @Override
    public Future<Void> closed() {
      return closed.future();
    }
  }
}
