package io.umbel.registry;

import io.micrometer.core.instrument.MeterRegistry;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Conversation;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provider;
import io.vertx.core.Future;
import java.util.List;

/** Fronts external MCP servers as one provider. It knows none yet, so it offers nothing. */
public final class RegistryVerticle extends Provider {

  private final RegistrySettings settings;
  private final MeterRegistry meters;

  /**
   * One that is set up so, on the node's database if it has one.
   *
   * @param meters where it counts
   */
  public RegistryVerticle(RegistrySettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.meters = meters;
  }

  @Override
  protected String name() {
    return "registry";
  }

  @Override
  protected Future<?> prepare() {
    meters.gauge("mcp_upstream_servers_configured", settings.operators().size());
    return Future.succeededFuture();
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
