package io.umbel.contract;

import io.vertx.core.json.JsonObject;

/** The client cannot be asked, or has not answered. Final, and without a stack: it is an answer. */
public final class CannotAsk extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int MISSING_CAPABILITY = -32021;

  private final transient Outcome outcome;

  private CannotAsk(Outcome.ProtocolError outcome) {
    super(outcome.message(), null, false, false);
    this.outcome = outcome;
  }

  static CannotAsk lacks(JsonObject capability) {
    var text = "The client did not declare a capability that this needs: " + capability.encode();
    var data = new JsonObject().put("requiredCapabilities", capability);
    return new CannotAsk(new Outcome.ProtocolError(MISSING_CAPABILITY, text, data));
  }

  static CannotAsk tooManyOfOneCaller(int most) {
    var text =
        "Too many calls wait for an answer of their user: %d of yours, which is all one caller"
            + " may have; answer some of them first";
    return new CannotAsk(new Outcome.ProtocolError(-32603, text.formatted(most), null));
  }

  static CannotAsk tooMany(int most) {
    var text = "Too many calls wait for an answer of their user: %d, which is all this provider"
        + " holds; try again later";
    return new CannotAsk(new Outcome.ProtocolError(-32603, text.formatted(most), null));
  }

  static CannotAsk expired() {
    return new CannotAsk(
        new Outcome.ProtocolError(-32602, "The user did not answer in time", null));
  }

  /** What the client is told where the tool does not catch this. */
  Outcome outcome() {
    return outcome;
  }
}
