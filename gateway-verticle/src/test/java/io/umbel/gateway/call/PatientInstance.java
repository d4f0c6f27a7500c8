package io.umbel.gateway.call;

import io.umbel.contract.Announcement;
import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Announcement.Traits;
import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Node;
import io.umbel.contract.SignedMessage;
import io.umbel.contract.ToolResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An instance of a provider on a node of its own: it keeps what it is sent until a test answers.
 */
public final class PatientInstance {

  private final Vertx vertx;
  private final Instance instance;
  private final BlockingQueue<Message<Buffer>> inbox = new LinkedBlockingQueue<>();

  /** It announces three tools: {@code read}, {@code repeat} and {@code write}. */
  public PatientInstance(Vertx vertx, String id, String node) {
    this.vertx = vertx;
    this.instance = new Instance("patient", id, node, "1.0.0");
    var tools =
        List.of(tool("read", "readOnlyHint"), tool("repeat", "idempotentHint"), tool("write", "x"));
    var body = new Announcement(instance, Traits.NONE, Offers.ofTools(tools)).toBuffer();
    publish("announce", body);
    vertx.eventBus().<Buffer>consumer(Bus.ROLL_CALL, call -> publish("announce", body));
  }

  /** Begins to take messages; before this, nobody is at its address. */
  public PatientInstance listening() {
    vertx
        .eventBus()
        .<Buffer>consumer(instance.address(), inbox::add)
        .completion()
        .await();
    return this;
  }

  void sayGoodbye() {
    publish("goodbye", Buffer.buffer());
  }

  /** The next message, which must be this op. */
  Message<Buffer> next(Bus.Op op) throws InterruptedException {
    var message = inbox.poll(10, TimeUnit.SECONDS);
    if (message == null || Bus.Op.of(message.headers().get(Header.OP)) != op) {
      throw new AssertionError(instance.id() + " was sent no " + op + " but " + message);
    }
    return message;
  }

  /** Answers the next call with that text. */
  void answer(String text) throws InterruptedException {
    ToolResult.text(text).toOutcome("correlation").reply(next(Bus.Op.CALL));
  }

  boolean wasSentNothingElse() {
    return inbox.isEmpty();
  }

  private void publish(String op, Buffer body) {
    new SignedMessage(Node.of(vertx)).publish(vertx, Bus.ANNOUNCE, op, instance.id(), body);
  }

  private static OfferedTool tool(String name, String hint) {
    var definition = JsonObject.of("name", name, "annotations", JsonObject.of(hint, true));
    return new OfferedTool(definition, List.of(), 10_000);
  }
}
