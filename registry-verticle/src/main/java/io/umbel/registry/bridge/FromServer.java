package io.umbel.registry.bridge;

import io.umbel.contract.Call;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Outcome;
import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.UpstreamFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;

/** Turns what a server answered into what clients get: everything it said, in their era's words. */
final class FromServer {

  private static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";
  private static final int NOT_FOUND = -32002;
  private static final int INVALID_PARAMS = -32602;
  private static final int NO_METHOD = -32601;
  private static final int MISSING_CAPABILITY = -32021;
  private static final int LONGEST_MESSAGE = 4_096;

  private final Call call;
  private final Failures failures;
  private final JsonObject abilities;

  /**
   * Answers for a client.
   *
   * @param abilities what it can be asked
   */
  FromServer(Call call, Failures failures, JsonObject abilities) {
    this.call = call;
    this.failures = failures;
    this.abilities = abilities;
  }

  Outcome outcome(Answer answer) {
    if (answer instanceof Answer.Result result) {
      return result(result.json());
    }
    return answer instanceof Answer.Refused refused
        ? refused(refused)
        : asked(((Answer.InputRequired) answer));
  }

  private static Outcome result(JsonObject json) {
    var body = new JsonObject(new LinkedHashMap<>(json.getMap()));
    body.remove("resultType");
    var meta = body.remove("_meta");
    return new Outcome.Result(body.toBuffer(), meta(meta), failure(json));
  }

  /** The server's own word for itself is kept, but not where clients look for ours. */
  private static String meta(Object given) {
    if (!(given instanceof JsonObject meta) || meta.isEmpty()) {
      return null;
    }
    var kept = new JsonObject(new LinkedHashMap<>(meta.getMap()));
    var info = kept.remove(SERVER_INFO);
    if (info != null) {
      kept.put("io.umbel/serverInfo", info);
    }
    return kept.encode();
  }

  /** What went wrong, where the server says it in the words of this house. */
  private static ErrorCode failure(JsonObject json) {
    return Boolean.TRUE.equals(json.getValue("isError"))
            && json.getValue("structuredContent") instanceof JsonObject structured
            && structured.getValue("error") instanceof JsonObject error
            && error.getValue("code") instanceof String code
            && error.getValue("retryable") instanceof Boolean
        ? ErrorCode.of(code)
        : null;
  }

  private Outcome refused(Answer.Refused refused) {
    return switch (refused.code()) {
      case NOT_FOUND -> error(INVALID_PARAMS, refused.message(), withUri(refused.data()));
      case MISSING_CAPABILITY -> lacking(refused);
      case NO_METHOD -> noMethod();
      case -32020, -32022, -32700, -32600, -32042 -> failures.ofHop(refused.code());
      default -> error(refused.code(), refused.message(), refused.data());
    };
  }

  /** One that completes nothing has nothing to propose; else it is our mistake to have asked. */
  private Outcome noMethod() {
    if (!call.target().method().equals("completion/complete")) {
      return failures.ofHop(NO_METHOD);
    }
    var nothing = new JsonObject().put("values", new JsonArray()).put("hasMore", false);
    return new Outcome.Result(new JsonObject().put("completion", nothing).toBuffer(), null, null);
  }

  /** True of the client only where the client indeed did not declare it. */
  private Outcome lacking(Answer.Refused refused) {
    var needed = refused.data() == null ? null : refused.data().getValue("requiredCapabilities");
    return needed instanceof JsonObject capabilities && !Abilities.suffice(abilities, capabilities)
        ? error(MISSING_CAPABILITY, refused.message(), refused.data())
        : failures.ofHop(refused.code());
  }

  private JsonObject withUri(JsonObject data) {
    var json = data == null ? new JsonObject() : data.copy();
    return json.containsKey("uri") ? json : json.put("uri", call.target().name());
  }

  /** A server may ask only what the client said it can be asked. */
  private Outcome asked(Answer.InputRequired asked) {
    try {
      var requests = asked.json().toJsonObject().getValue("inputRequests");
      if (requests instanceof JsonObject byKey) {
        for (var request : byKey) {
          var lacking = lacking(request.getValue());
          if (lacking != null) {
            return missing(lacking);
          }
        }
      }
      return new Outcome.InputRequired(asked.json(), null);
    } catch (DecodeException | ClassCastException e) {
      return failures.of(
          new UpstreamFailure(UpstreamFailure.Reason.GARBAGE, "it asks what is no question", true));
    }
  }

  private JsonObject lacking(Object request) {
    var json = (JsonObject) request;
    var params = json.getJsonObject("params", new JsonObject());
    var needed = Abilities.neededFor(json.getString("method", ""), params);
    return needed == null || Abilities.suffice(abilities, needed) ? null : needed;
  }

  static Outcome missing(JsonObject needed) {
    return new Outcome.ProtocolError(
        MISSING_CAPABILITY,
        "The client did not declare a capability that this needs: " + needed.encode(),
        new JsonObject().put("requiredCapabilities", needed));
  }

  private static Outcome error(int code, String message, JsonObject data) {
    var text = message == null ? "The server gave no reason" : message;
    var shown = text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "…" : text;
    return new Outcome.ProtocolError(code, shown, data);
  }
}
