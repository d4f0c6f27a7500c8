package io.umbel.registry.upstream.rpc;

import com.fasterxml.jackson.databind.ObjectReader;
import io.netty.buffer.ByteBufInputStream;
import io.umbel.contract.Json;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what a server says: once, and never deeper than {@link Json#MAX_DEPTH}. */
public final class Messages {

  private static final ObjectReader READER = Json.MAPPER.readerFor(Object.class);

  private Messages() {}

  /**
   * The messages of those bytes: one, or as many as a server of 2025-03-26 puts together.
   *
   * @throws UpstreamFailure if they are none
   */
  public static List<JsonObject> read(Buffer bytes) {
    var all = new ArrayList<JsonObject>(1);
    var value = value(bytes);
    if (value instanceof List<?> batch) {
      batch.forEach(one -> all.add(message(one)));
    } else {
      all.add(message(value));
    }
    return all;
  }

  /**
   * One JSON object.
   *
   * @throws UpstreamFailure if it is none
   */
  public static JsonObject object(Buffer bytes) {
    return object(value(bytes), "The server answered with something that is no JSON object");
  }

  private static JsonObject message(Object value) {
    var message = object(value, "The server said something that is no JSON-RPC message");
    if (message.getValue("method") == null
        && message.getValue("result") == null
        && message.getValue("error") == null) {
      throw garbage("The server said something that is no JSON-RPC message");
    }
    return message;
  }

  @SuppressWarnings("unchecked") // The names of members are texts.
  private static JsonObject object(Object value, String otherwise) {
    if (value instanceof Map<?, ?> members) {
      return new JsonObject((Map<String, Object>) members);
    }
    throw garbage(otherwise);
  }

  private static Object value(Buffer bytes) {
    try (InputStream in = new ByteBufInputStream(((BufferInternal) bytes).getByteBuf())) {
      return READER.readValue(in);
    } catch (IOException e) {
      throw garbage("The server said something that is no JSON, or nested too deeply");
    }
  }

  private static UpstreamFailure garbage(String text) {
    return new UpstreamFailure(Reason.GARBAGE, text, true);
  }
}
