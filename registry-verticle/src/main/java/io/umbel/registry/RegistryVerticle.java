package io.umbel.registry;

import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Conversation;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provider;
import io.vertx.core.Future;
import java.util.List;

/** Fronts external MCP servers as one provider. It knows none yet, so it offers nothing. */
public final class RegistryVerticle extends Provider {

  @Override
  protected String name() {
    return "registry";
  }

  @Override
  protected Offers offers() {
    return Offers.ofTools(List.of());
  }

  @Override
  protected Future<Outcome> answer(Conversation conversation) {
    var text = "The registry knows no upstream server that answers "
        + conversation.call().target().method();
    return Future.succeededFuture(new Outcome.ProtocolError(-32601, text, null));
  }
}
