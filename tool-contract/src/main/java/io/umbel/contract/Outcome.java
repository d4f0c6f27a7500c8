package io.umbel.contract;

import io.umbel.contract.Bus.Header;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.function.Function;

/**
 * How a call ended. Bodies are the bytes of MCP objects, without what belongs to one era: no
 * {@code resultType}, and {@code _meta} beside the body.
 */
public sealed interface Outcome {

  /**
   * A result, which may itself say that the tool failed.
   *
   * @param json the result object's bytes, without {@code _meta}
   * @param meta the members of its {@code _meta} as a JSON object, or null
   * @param failure why the tool failed, or null where it did not
   */
  record Result(Buffer json, String meta, ErrorCode failure) implements Outcome {}

  /**
   * A JSON-RPC error.
   *
   * @param code as JSON-RPC and MCP number them
   * @param data more about it, or null
   */
  record ProtocolError(int code, String message, JsonObject data) implements Outcome {}

  /**
   * The call needs the user's answer first.
   *
   * @param json an object with {@code inputRequests}, {@code requestState} or both
   * @param parked the token by which the very instance that asked goes on, or null where the state
   *     says it all and any instance can
   */
  record InputRequired(Buffer json, String parked) implements Outcome {}

  /** One of three, by what this is. */
  default <T> T fold(
      Function<Result, T> result,
      Function<ProtocolError, T> error,
      Function<InputRequired, T> input) {
    if (this instanceof Result r) {
      return result.apply(r);
    }
    return this instanceof ProtocolError e ? error.apply(e) : input.apply((InputRequired) this);
  }

  /** Answers a call with this. */
  default void reply(Message<?> call) {
    var options = new DeliveryOptions();
    call.reply(
        fold(r -> write(r, options), e -> write(e, options), i -> write(i, options)), options);
  }

  /** The outcome that such a reply carries; one that cannot be read is an internal error. */
  static Outcome of(Message<Buffer> reply) {
    MultiMap headers = reply.headers();
    return switch (String.valueOf(headers.get(Header.OUTCOME))) {
      case "result" -> resultOf(reply.body(), headers);
      case "input-required" -> new InputRequired(reply.body(), headers.get(Header.PARKED));
      case "error" -> errorOf(reply.body());
      default -> new ProtocolError(-32603, "The answer is of a kind not known here", null);
    };
  }

  private static Outcome resultOf(Buffer body, MultiMap headers) {
    var failure = headers.get(Header.FAILURE);
    return new Result(
        body, headers.get(Header.META), failure == null ? null : ErrorCode.of(failure));
  }

  private static Outcome errorOf(Buffer body) {
    try {
      var json = body.toJsonObject();
      int code = Objects.requireNonNull(json.getInteger("code"));
      return new ProtocolError(code, json.getString("message"), json.getJsonObject("data"));
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      return new ProtocolError(-32603, "The answer is an error that cannot be read", null);
    }
  }

  private static Buffer write(Result result, DeliveryOptions options) {
    options.addHeader(Header.OUTCOME, "result");
    if (result.meta() != null) {
      options.addHeader(Header.META, result.meta());
    }
    if (result.failure() != null) {
      options.addHeader(Header.FAILURE, result.failure().name());
    }
    return result.json();
  }

  private static Buffer write(ProtocolError error, DeliveryOptions options) {
    options.addHeader(Header.OUTCOME, "error");
    var json = new JsonObject().put("code", error.code()).put("message", error.message());
    return (error.data() == null ? json : json.put("data", error.data())).toBuffer();
  }

  private static Buffer write(InputRequired input, DeliveryOptions options) {
    options.addHeader(Header.OUTCOME, "input-required");
    if (input.parked() != null) {
      options.addHeader(Header.PARKED, input.parked());
    }
    return input.json();
  }
}
