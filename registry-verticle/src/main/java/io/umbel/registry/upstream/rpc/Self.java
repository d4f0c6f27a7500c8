package io.umbel.registry.upstream.rpc;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * What we say of ourselves to a server as its client.
 *
 * @param client our {@code Implementation}
 * @param capabilities what to declare where a caller does not say, as {@code ClientCapabilities}
 * @param timeout of what is asked to open a way to it
 */
public record Self(JsonObject client, JsonObject capabilities, Duration timeout) {

  /** The same, with that much time. */
  public Self within(Duration time) {
    return new Self(client, capabilities, time);
  }
}
