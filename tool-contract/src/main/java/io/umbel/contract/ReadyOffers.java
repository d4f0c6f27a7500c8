package io.umbel.contract;

import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Call.Target;
import io.vertx.core.Future;
import java.util.List;

/** Tools, prompts and resources that are ready to answer: everyone's, or one caller's own. */
final class ReadyOffers {

  private final ReadyTools tools = new ReadyTools();
  private final ReadyPrompts prompts = new ReadyPrompts();
  private final ReadyResources resources = new ReadyResources();
  private final Completions completions = new Completions(prompts, resources);

  /**
   * What one caller has, made ready.
   *
   * @throws IllegalArgumentException if two have one name or a schema is not usable
   */
  static ReadyOffers of(Provision provision) {
    var ready = new ReadyOffers();
    ready.add(provision.tools(), provision.prompts(), provision.resources());
    return ready;
  }

  void add(List<Tool> moreTools, List<Prompt> morePrompts, List<Resource> moreResources) {
    moreTools.forEach(tools::add);
    morePrompts.forEach(prompts::add);
    moreResources.forEach(resources::add);
  }

  void remove(Tool tool) {
    tools.remove(tool.name());
  }

  void remove(Prompt prompt) {
    prompts.remove(prompt.name());
  }

  Offers offers() {
    return new Offers(
        tools.offers(), prompts.offers(), resources.offers(false), resources.offers(true));
  }

  /** Whether what is called is one of these. */
  boolean has(Target target) {
    return switch (target.method()) {
      case "tools/call" -> tools.has(target.name());
      case "prompts/get" -> prompts.has(target.name());
      case "resources/read" -> resources.reads(target.name());
      default -> prompts.has(target.name()) || resources.has(target.name());
    };
  }

  Future<Outcome> answer(Conversation conversation) {
    return switch (conversation.call().target().method()) {
      case "tools/call" -> tools.call(conversation);
      case "prompts/get" -> prompts.get(conversation);
      case "resources/read" -> resources.read(conversation);
      case "completion/complete" -> completions.complete(conversation);
      default ->
        Future.succeededFuture(new Outcome.ProtocolError(
            -32601, "Method not found: " + conversation.call().target().method(), null));
    };
  }
}
