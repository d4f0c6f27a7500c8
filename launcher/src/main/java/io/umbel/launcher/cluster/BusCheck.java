package io.umbel.launcher.cluster;

import io.umbel.contract.Node;
import io.umbel.contract.Signer;
import io.umbel.launcher.exit.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Whether the bus carries messages to every member and back, and all know the same secret. Being a
 * member says neither: members find each other on one port and speak on another.
 */
final class BusCheck {

  private static final String ADDRESS = "umbel.bus-check@";
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final long TRY_MILLIS = 1_000;
  private static final long PAUSE_MILLIS = 100;

  private final Vertx vertx;
  private final Signer signer;
  private final Supplier<Map<String, String>> present;
  private final String here;

  /** @param present where each member is, by its node id */
  BusCheck(Vertx vertx, Node node, Supplier<Map<String, String>> present) {
    this.vertx = vertx;
    this.signer = node.secret().signer("bus-check");
    this.present = present;
    this.here = node.id();
  }

  /** Answers the checks of others, then checks all that are here, this member too. */
  Future<Void> run() {
    var until = System.nanoTime() + LIMIT.toNanos();
    return vertx
        .eventBus()
        .consumer(ADDRESS + here, this::answer)
        .completion()
        .compose(ready -> Future.all(
            present.get().keySet().stream().map(id -> check(id, until)).toList()))
        .mapEmpty();
  }

  private void answer(Message<Buffer> question) {
    question.reply(signed(question.body()));
  }

  /** Tries again until the time is up: a member that has only just come may not listen yet. */
  private Future<Void> check(String member, long until) {
    var nonce = Buffer.buffer(UUID.randomUUID().toString());
    var options = new DeliveryOptions().setSendTimeout(TRY_MILLIS);
    return vertx
        .eventBus()
        .<Buffer>request(ADDRESS + member, nonce, options)
        .transform(asked ->
            asked.succeeded() ? judge(member, nonce, asked.result().body()) : again(member, until));
  }

  private Future<Void> judge(String member, Buffer nonce, Buffer answer) {
    if (answer.equals(signed(nonce))) {
      return Future.succeededFuture();
    }
    return Future.failedFuture(Refusal.cluster(
        "The member at %s has another secret: give all the same UMBEL_CLUSTER_SECRET or --data"
            .formatted(where(member))));
  }

  private Future<Void> again(String member, long until) {
    if (!present.get().containsKey(member)) {
      return Future.succeededFuture();
    }
    if (System.nanoTime() < until) {
      return vertx.timer(PAUSE_MILLIS).compose(waited -> check(member, until));
    }
    var text = "The event bus did not carry a message to the member at %s and back within %d s:"
        + " is umbel.cluster.host right on both, and umbel.cluster.bus.port open?";
    return Future.failedFuture(Refusal.cluster(text.formatted(where(member), LIMIT.toSeconds())));
  }

  private String where(String member) {
    return present.get().getOrDefault(member, member);
  }

  private Buffer signed(Buffer nonce) {
    return Buffer.buffer(signer.sign(nonce.getBytes()));
  }
}
