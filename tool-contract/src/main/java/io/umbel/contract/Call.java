package io.umbel.contract;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;

/**
 * One call on its way to a provider.
 *
 * @param target what is called
 * @param caller on whose behalf
 * @param trail how to find it again
 * @param timeoutMillis how long the answer is waited for
 * @param params the {@code params} of the MCP request, as a client of revision 2026-07-28 would
 *     send them, whatever era the client is of: {@code _meta} holds its revision and capabilities
 */
public record Call(Target target, Caller caller, Trail trail, long timeoutMillis, Buffer params) {

  /**
   * What is called.
   *
   * @param method the MCP method, as in {@code tools/call}
   * @param name the provider's own name of it: a tool, a prompt, a URI
   */
  public record Target(String method, String name) {}

  /**
   * How to find a call again.
   *
   * @param id unique in the cluster
   * @param correlationId that of the client's request
   * @param gateway the address of the gateway instance that holds the request
   */
  public record Trail(String id, String correlationId, String gateway) {}

  /** The same call with less time left. */
  public Call within(long millis) {
    return new Call(target, caller, trail, millis, params);
  }

  /** The same call with other params. */
  public Call with(Buffer other) {
    return new Call(target, caller, trail, timeoutMillis, other);
  }

  /** The headers this call travels with, for a caller sealed for that provider. */
  public DeliveryOptions toHeaders(String sealedCaller) {
    return new DeliveryOptions()
        .setSendTimeout(timeoutMillis)
        .addHeader(Header.OP, Op.CALL.word())
        .addHeader(Header.METHOD, target.method())
        .addHeader(Header.NAME, target.name())
        .addHeader(Header.CALLER, sealedCaller)
        .addHeader(Header.CALL, trail.id())
        .addHeader(Header.CORRELATION, trail.correlationId())
        .addHeader(Header.GATEWAY, trail.gateway())
        .addHeader(Header.TIMEOUT, Long.toString(timeoutMillis));
  }

  /**
   * The call that such a message carries.
   *
   * @throws CallerSeal.RefusedCaller if its caller is not to be believed
   */
  static Call of(Message<Buffer> message, CallerSeal seal, String provider) {
    var headers = message.headers();
    return new Call(
        new Target(headers.get(Header.METHOD), headers.get(Header.NAME)),
        seal.open(headers.get(Header.CALLER), provider),
        new Trail(
            headers.get(Header.CALL),
            CorrelationId.from(headers.get(Header.CORRELATION)),
            headers.get(Header.GATEWAY)),
        timeout(headers.get(Header.TIMEOUT)),
        message.body());
  }

  private static long timeout(String millis) {
    try {
      return Long.parseLong(millis);
    } catch (NumberFormatException missing) {
      return Tool.DEFAULT_TIMEOUT.toMillis();
    }
  }
}
