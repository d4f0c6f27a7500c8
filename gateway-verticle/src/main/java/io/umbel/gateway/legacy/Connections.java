package io.umbel.gateway.legacy;

import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Caller;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.Node;
import io.umbel.gateway.call.OpenStreams;
import io.umbel.gateway.limits.RateLimits;
import io.umbel.gateway.wire.EventSink;
import io.umbel.gateway.wire.EventSink.Event;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpRequest.Origin;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The HTTP+SSE transport of revision 2024-11-05: answers come on a stream that the client opened
 * first, messages by POST, to whichever node; they are answered by the node that holds the stream.
 */
public final class Connections {

  private static final Pattern NAME = Pattern.compile("([0-9a-f]{12})_([0-9a-f]{32})");
  private static final long FORWARD_MILLIS = 2_000;

  private final Vertx vertx;
  private final LegacyEra era;
  private final OpenStreams streams;
  private final RateLimits rates;
  private final String gateway;
  private final CallerSeal seal;
  private final Map<String, Connection> open = new HashMap<>();

  Connections(LegacyEra era, Surroundings around) {
    this.vertx = around.vertx();
    this.era = era;
    this.streams = around.open();
    this.rates = around.rates();
    var desk = around.desk();
    this.gateway = desk.address().substring(desk.address().indexOf('@') + 1);
    var node = Node.of(vertx);
    this.seal = new CallerSeal(node.secret(), node.clock());
    desk.takes(Op.INBOUND, this::takeForOther);
  }

  /**
   * Begins a connection: the first event says where to post messages.
   *
   * @param opener who opens it; whatever comes by it is theirs
   * @param messagesPath the path for them, without its query
   * @return completes when the client is gone
   * @throws McpException if this caller has too many streams
   */
  public Future<Void> begin(Origin opener, EventSink sink, String messagesPath) {
    var seat = streams.take(opener.caller());
    var name = newName();
    var connection = new Connection(era, rates, opener, sink);
    open.put(name, connection);
    var endpoint = Buffer.buffer(messagesPath + "?sessionId=" + name);
    sink.send(new Event("endpoint", null, 0, endpoint));
    return sink.closed().onComplete(gone -> {
      open.remove(name);
      connection.close();
      seat.run();
    });
  }

  private String newName() {
    var random = ThreadLocalRandom.current();
    return gateway
        + "_"
        + HexFormat.of().toHexDigits(random.nextLong())
        + HexFormat.of().toHexDigits(random.nextLong());
  }

  /**
   * A message for a connection, here or elsewhere; fails with {@link McpException} if it is gone.
   */
  public Future<Void> take(String name, Caller caller, byte[] message) {
    var parts = NAME.matcher(String.valueOf(name));
    if (!parts.matches()) {
      return Future.failedFuture(McpException.sessionNotFound());
    }
    if (parts.group(1).equals(gateway)) {
      return takeHere(name, caller, message)
          ? Future.succeededFuture()
          : Future.failedFuture(McpException.sessionNotFound());
    }
    return forward(name, parts.group(1), caller, message);
  }

  /** This gateway stops. */
  public void close() {
    List.copyOf(open.values()).forEach(Connection::closing);
  }

  /** How many there are. */
  public int size() {
    return open.size();
  }

  private Future<Void> forward(String name, String holder, Caller caller, byte[] message) {
    var options = new DeliveryOptions()
        .setSendTimeout(FORWARD_MILLIS)
        .addHeader(Header.OP, Op.INBOUND.word())
        .addHeader(Header.CALL, name)
        .addHeader(Header.CALLER, seal.seal(caller, Bus.GATEWAY));
    return vertx
        .eventBus()
        .request(Bus.addressOf(Bus.GATEWAY, holder), Buffer.buffer(message), options)
        .<Void>mapEmpty()
        .recover(gone -> Future.failedFuture(McpException.sessionNotFound()));
  }

  private void takeForOther(Message<Buffer> message) {
    var headers = message.headers();
    var name = headers.get(Header.CALL);
    if (takeHere(name, caller(headers.get(Header.CALLER)), message.body().getBytes())) {
      message.reply(Buffer.buffer());
    } else {
      message.fail(404, "no such connection here");
    }
  }

  private Caller caller(String sealed) {
    try {
      return seal.open(sealed, Bus.GATEWAY);
    } catch (CallerSeal.RefusedCaller e) {
      return null; // and nobody's connection
    }
  }

  /** What its messages may do is what the token allows that opened it, so they show the like. */
  private boolean takeHere(String name, Caller caller, byte[] message) {
    var connection = open.get(name);
    if (connection == null || !connection.caller().equals(caller)) {
      return false;
    }
    connection.take(message);
    return true;
  }
}
