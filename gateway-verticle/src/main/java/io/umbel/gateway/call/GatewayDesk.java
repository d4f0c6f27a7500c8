package io.umbel.gateway.call;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.DecodeException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is sent to this gateway instance: by providers, what belongs to a call it holds; by
 * other gateways, what belongs to a stream it holds.
 */
public final class GatewayDesk {

  private static final Logger LOG = LoggerFactory.getLogger(GatewayDesk.class);

  private final Vertx vertx;
  private final String address;
  private final Map<Op, Consumer<Message<Buffer>>> takers = new EnumMap<>(Op.class);

  public GatewayDesk(Vertx vertx, String address, OpenCalls calls, CatalogDesk catalog) {
    this.vertx = vertx;
    this.address = address;
    takes(Op.PING, message -> message.reply(Buffer.buffer()));
    takes(Op.CATALOG, catalog::answer);
    takes(Op.PROGRESS, message -> calls.progress(call(message), message.body().toJsonObject()));
    takes(Op.LOG, message -> calls.log(call(message), message.body()));
    takes(Op.PAUSE, message -> calls.pause(call(message)));
  }

  /** Who takes such messages from now on. */
  public void takes(Op op, Consumer<Message<Buffer>> taker) {
    takers.put(op, taker);
  }

  /** Where this is. */
  public String address() {
    return address;
  }

  /** Begins to take messages. */
  public Future<Void> open() {
    MessageConsumer<Buffer> messages = vertx.eventBus().consumer(address, this::receive);
    return messages.completion();
  }

  private void receive(Message<Buffer> message) {
    var op = Op.of(message.headers().get(Header.OP));
    var taker = op == null ? null : takers.get(op);
    if (taker == null) {
      LOG.debug("Ignored a message that is not for a gateway: {}", op);
      return;
    }
    try {
      taker.accept(message);
    } catch (DecodeException e) {
      LOG.warn("Ignored a message that cannot be read: {}", op);
    }
  }

  private static String call(Message<Buffer> message) {
    return String.valueOf(message.headers().get(Header.CALL));
  }
}
