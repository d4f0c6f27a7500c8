package io.umbel.contract;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** Calls providers as a gateway does, without being one: it knows no catalog and speaks no MCP. */
public final class CallingGateway {

  /** On whose behalf it calls. */
  public static final Caller CALLER =
      new Caller("acme", "ann", "apollo", null, Set.of("admin", "tools"));

  /** Where it says that it can be asked; who wants to be asked listens there. */
  public static final String ADDRESS = Bus.addressOf(Bus.GATEWAY, "calling");

  private static final long TIMEOUT_MILLIS = 10_000;

  private final Vertx vertx;
  private final CallerSeal seal;
  private int calls;

  public CallingGateway(LoneNode node) {
    this.vertx = node.vertx();
    this.seal = new CallerSeal(node.node().secret(), node.clock());
  }

  /** A call of a tool, with an id of its own. */
  public Call newCall(String tool, JsonObject arguments) {
    return new Call(
        new Call.Target("tools/call", tool),
        CALLER,
        new Call.Trail("call-" + ++calls, "correlation-" + calls, ADDRESS),
        TIMEOUT_MILLIS,
        new JsonObject().put("name", tool).put("arguments", arguments).toBuffer());
  }

  /** A call of any method, with an id of its own. */
  public Call newCall(Call.Target target, JsonObject params) {
    var like = newCall(target.name(), new JsonObject());
    return new Call(target, CALLER, like.trail(), TIMEOUT_MILLIS, params.toBuffer());
  }

  /** Makes a call, its caller sealed for that provider. */
  public Future<Outcome> send(Announcement to, Call call) {
    return send(to, call, seal.seal(call.caller(), to.instance().provider()));
  }

  /** Makes a call with whatever stands for its caller; without any where that is null. */
  public Future<Outcome> send(Announcement to, Call call, String sealedCaller) {
    var options = call.toHeaders(String.valueOf(sealedCaller));
    if (sealedCaller == null) {
      options.getHeaders().remove(Header.CALLER);
    }
    return request(to, call.params(), options);
  }

  /** Sends any message that is answered with an outcome. */
  public Future<Outcome> request(Announcement to, Buffer body, DeliveryOptions options) {
    return vertx
        .eventBus()
        .<Buffer>request(to.instance().address(), body, options)
        .map(Outcome::of);
  }

  /** Asks what a caller has. */
  public Future<Outcome> provide(Announcement to, Caller caller) {
    return provide(to, seal.seal(caller, to.instance().provider()));
  }

  /** Asks what a caller has with whatever stands for the caller; without any where it is null. */
  public Future<Outcome> provide(Announcement to, String sealedCaller) {
    var options = new DeliveryOptions().addHeader(Header.OP, Op.PROVIDE.word());
    if (sealedCaller != null) {
      options.addHeader(Header.CALLER, sealedCaller);
    }
    return request(to, Buffer.buffer(), options);
  }

  /** Asks whether anyone is there. */
  public Future<Buffer> ping(Announcement to) {
    var options = new DeliveryOptions().addHeader(Header.OP, Op.PING.word());
    return vertx
        .eventBus()
        .<Buffer>request(to.instance().address(), Buffer.buffer(), options)
        .map(reply -> reply.body());
  }

  /** Gives a call up. */
  public void cancel(Announcement to, Call call) {
    var options = new DeliveryOptions()
        .addHeader(Header.OP, Op.CANCEL.word())
        .addHeader(Header.CALL, call.trail().id());
    vertx.eventBus().send(to.instance().address(), Buffer.buffer(), options);
  }
}
