package io.umbel.contract;

import io.umbel.contract.Announcement.Offers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Locale;

/**
 * A family of tools, and of prompts and resources: say what they are, and this announces them,
 * checks the signed caller and the arguments (all violations at once), and carries the answers
 * back.
 *
 * <p>The provider's word is the class name without {@code Tools}: {@code GreetingTools} is
 * {@code greeting}. Deployed with {@code enabled_tools} in its configuration, it offers only those.
 */
public abstract class ToolVerticle extends Provider {

  /** Configuration: the names of the tools to offer; all where absent. */
  public static final String ENABLED_TOOLS = "enabled_tools";

  private final ReadyTools readyTools = new ReadyTools();
  private final ReadyPrompts readyPrompts = new ReadyPrompts();
  private final ReadyResources readyResources = new ReadyResources();
  private final Completions completions = new Completions(readyPrompts, readyResources);

  /**
   * The tools. Asked for before the deployment too, so this uses neither {@code vertx} nor
   * {@code config()}; the tools' functions may.
   */
  protected abstract List<Tool> tools();

  /** The prompts, asked for once, at the start. */
  protected List<Prompt> prompts() {
    return List.of();
  }

  /** The resources and templates, asked for once, at the start. */
  protected List<Resource> resources() {
    return List.of();
  }

  /** The names of all tools of this family, enabled or not. */
  public final List<String> toolNames() {
    return tools().stream().map(Tool::name).toList();
  }

  @Override
  public final String name() {
    var words = getClass().getSimpleName().replaceFirst("Tools$", "");
    return words.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  @Override
  protected final Offers offers() {
    return new Offers(
        readyTools.offers(),
        readyPrompts.offers(),
        readyResources.offers(false),
        readyResources.offers(true));
  }

  @Override
  protected Future<?> prepare() {
    JsonArray enabled = config().getJsonArray(ENABLED_TOOLS);
    tools().stream()
        .filter(tool -> enabled == null || enabled.contains(tool.name()))
        .forEach(readyTools::add);
    prompts().forEach(readyPrompts::add);
    resources().forEach(readyResources::add);
    return Future.succeededFuture();
  }

  @Override
  protected final Future<Outcome> answer(Conversation conversation) {
    return switch (conversation.call().target().method()) {
      case "tools/call" -> readyTools.call(conversation);
      case "prompts/get" -> readyPrompts.get(conversation);
      case "resources/read" -> readyResources.read(conversation);
      case "completion/complete" -> completions.complete(conversation);
      default ->
        Future.succeededFuture(new Outcome.ProtocolError(
            -32601, "Method not found: " + conversation.call().target().method(), null));
    };
  }

  /** Begins to offer one more tool, and tells everyone. */
  protected final void offer(Tool tool) {
    readyTools.add(tool);
    announce();
  }

  /** Begins to offer one more prompt, and tells everyone. */
  protected final void offer(Prompt prompt) {
    readyPrompts.add(prompt);
    announce();
  }

  /** Offers that tool no longer, and tells everyone; calls of it that have begun go on. */
  protected final void withdraw(Tool tool) {
    readyTools.remove(tool.name());
    announce();
  }

  /** Offers that prompt no longer, and tells everyone. */
  protected final void withdraw(Prompt prompt) {
    readyPrompts.remove(prompt.name());
    announce();
  }
}
