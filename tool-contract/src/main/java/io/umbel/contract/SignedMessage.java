package io.umbel.contract;

import io.umbel.contract.Bus.Header;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Published messages that only members knowing the cluster's secret can make: an unadmitted node is
 * never believed. A message older or newer than {@link #MAX_SKEW} is refused, which bounds replay.
 */
public final class SignedMessage {

  /** How far the clocks of two nodes may be apart. */
  public static final Duration MAX_SKEW = Duration.ofSeconds(60);

  private final Node node;
  private final Signer signer;

  public SignedMessage(Node node) {
    this.node = node;
    this.signer = node.secret().signer("published");
  }

  /**
   * Publishes a message.
   *
   * @param op what is said, signed with it
   * @param instance who says it
   */
  public void publish(Vertx vertx, String address, String op, String instance, Buffer body) {
    var at = Long.toString(node.clock().millis());
    var options = new DeliveryOptions()
        .addHeader(Header.OP, op)
        .addHeader(Header.INSTANCE, instance)
        .addHeader(Header.AT, at)
        .addHeader(
            Header.SIGNATURE, signer.sign(facts(address, op, instance, at), body.getBytes()));
    vertx.eventBus().publish(address, body, options);
  }

  /** Whether a member that knows the secret published this, and lately. */
  public boolean isGenuine(Message<Buffer> message) {
    var headers = message.headers();
    var at = headers.get(Header.AT);
    Object body = message.body();
    if (at == null || !(body instanceof Buffer bytes) || !isRecent(at)) {
      return false;
    }
    var facts = facts(message.address(), headers.get(Header.OP), headers.get(Header.INSTANCE), at);
    return signer.matches(headers.get(Header.SIGNATURE), facts, bytes.getBytes());
  }

  private boolean isRecent(String at) {
    try {
      return Math.abs(node.clock().millis() - Long.parseLong(at)) <= MAX_SKEW.toMillis();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static byte[] facts(String address, String op, String instance, String at) {
    return String.join("\n", address, op, instance, at).getBytes(StandardCharsets.UTF_8);
  }
}
