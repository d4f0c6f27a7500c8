package io.umbel.gateway.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.umbel.contract.Outcome;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpRequest;
import io.umbel.gateway.wire.Sealer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Lets a call that was answered with questions go on by any node: the way back to it is sealed into
 * {@code requestState}, with whose call it is, of what, with which arguments and until when.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/mrtr">Multi
 *     round-trip requests</a>
 */
public final class Continuations {

  /** How long a client may take to come back. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  private static final ObjectMapper SORTED =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final Sealer sealer;
  private final Clock clock;

  public Continuations(Sealer sealer, Clock clock) {
    this.sealer = sealer;
    this.clock = clock;
  }

  /**
   * How a call goes on.
   *
   * @param parked the address and token of the instance that waits, or null
   * @param state the provider's own state, or null
   */
  record WayBack(String parked, String state) {}

  /** The same questions, with a state that only this caller can bring back, for this call. */
  Outcome.InputRequired sealed(Outcome.InputRequired asked, McpRequest request) {
    var json = asked.json().toJsonObject();
    var facts = binding(request)
        .put("until", clock.millis() + LIFE.toMillis())
        .put("parked", asked.parked())
        .put("state", asked.parked() == null ? json.getString("requestState") : null);
    return new Outcome.InputRequired(
        json.put("requestState", sealer.seal(facts)).toBuffer(), null);
  }

  /**
   * The way back that a request brings.
   *
   * @throws McpException if it was altered, is over, or was given out for something else
   */
  WayBack open(McpRequest request) {
    var facts = sealer
        .open(request.facts().continued().state())
        .orElseThrow(() -> McpException.badState("was not given out here, or was altered"));
    if (facts.getLong("until") < clock.millis()) {
      throw McpException.badState("has expired: make the call again");
    }
    for (var fact : binding(request)) {
      if (!fact.getValue().equals(facts.getValue(fact.getKey()))) {
        throw McpException.badState("was given out for another call");
      }
    }
    return new WayBack(facts.getString("parked"), facts.getString("state"));
  }

  private static JsonObject binding(McpRequest request) {
    var caller = request.caller();
    var facts = request.facts();
    return new JsonObject()
        .put("owner", caller.owner())
        .put("method", request.method().text())
        .put("name", String.valueOf(facts.name() == null ? facts.uri() : facts.name()))
        .put("arguments", digest(facts.arguments()));
  }

  /** The same for arguments that say the same, whatever the order of their members. */
  private static String digest(Buffer arguments) {
    try {
      var json = arguments == null ? "null" : arguments.toString();
      var sorted = SORTED.writeValueAsBytes(SORTED.readValue(json, Object.class));
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sorted));
    } catch (JsonProcessingException e) {
      throw McpException.invalidParams("\"arguments\" must be an object");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
