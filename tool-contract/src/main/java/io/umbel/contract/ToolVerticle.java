package io.umbel.contract;

import io.umbel.contract.Announcement.Offers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A family of tools, and of prompts and resources: say what they are, and this announces them,
 * checks the signed caller and the arguments (all violations at once), and carries the answers
 * back.
 *
 * <p>Where they depend on the caller, see {@link TailoredToolVerticle}.
 *
 * <p>The provider's word is the class name without {@code Tools}: {@code GreetingTools} is
 * {@code greeting}. Deployed with {@code enabled_tools} in its configuration, it offers only those.
 */
public abstract class ToolVerticle extends Provider {

  /** Configuration: the names of the tools to offer; all where absent. */
  public static final String ENABLED_TOOLS = "enabled_tools";

  private final ReadyOffers everyones = new ReadyOffers();
  private Questions questions;

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

  /** The words of the providers whose tools this one asks; none where nothing is said. */
  protected List<String> asks() {
    return List.of();
  }

  /** The names of all tools of this family, enabled or not. */
  public final List<String> toolNames() {
    return tools().stream().map(Tool::name).toList();
  }

  /**
   * The names of all tools that any caller may have of this family. Where that depends on the
   * caller they are more than everyone's. Asked for before the deployment, too.
   */
  public List<String> possibleTools() {
    return toolNames();
  }

  /** Whether it keeps something in the node's database, and so has to be started after it. */
  public boolean needsDatabase() {
    return false;
  }

  @Override
  public final String name() {
    var words = getClass().getSimpleName().replaceFirst("Tools$", "");
    return words.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  @Override
  protected final Offers offers() {
    return everyones.offers();
  }

  @Override
  protected Future<?> prepare() {
    JsonArray enabled = config().getJsonArray(ENABLED_TOOLS);
    var offered = tools().stream()
        .filter(tool -> enabled == null || enabled.contains(tool.name()))
        .toList();
    everyones.add(offered, prompts(), resources());
    return asks().isEmpty() ? Future.succeededFuture() : meetNeighbours();
  }

  private Future<?> meetNeighbours() {
    var neighbours = new Neighbours(vertx, asks(), this::neighbourTurned);
    questions = new Questions(vertx, neighbours);
    return neighbours.open();
  }

  /** The first instance of one that this asks is here, or the last one is gone. */
  void neighbourTurned(String provider) {}

  /**
   * Asks a tool of another provider that {@link #asks} names, on behalf of the very caller of this
   * call. That provider holds the arguments against its own schema and finds out for itself what
   * the caller may have; it cannot ask the user anything. Only for what changes nothing: where the
   * node that was asked is lost, another one is asked.
   *
   * @param origin the call that this is a part of; there is no more time than it has
   * @return the tool's structured content; fails with {@link ToolFailure}, which, left alone, is
   *     this call's answer
   */
  protected final Future<JsonObject> askTool(
      Call origin, String provider, String tool, JsonObject arguments) {
    return questions.tool(origin, provider, tool, arguments);
  }

  /**
   * Asks another per-caller provider that {@link #asks} names what a caller has of it.
   *
   * @return fails with {@link ToolFailure}
   */
  protected final Future<Provided> askProvided(Caller caller, String provider) {
    return questions.provision(caller, provider);
  }

  /**
   * Asks another provider that {@link #asks} names for what it keeps, as a gateway does for the
   * REST API: {@code docs/bus.md} has the members of request and answer, under "manage".
   *
   * @param origin the call that this is a part of; there is no more time than it has
   * @param most how long to wait at most
   * @return the answer, whatever its {@code status}; fails with {@link ToolFailure} where none
   *     comes
   */
  protected final Future<JsonObject> askKept(
      Call origin, Duration most, String provider, JsonObject request) {
    var millis = Math.min(most.toMillis(), origin.timeoutMillis());
    var asker = new Questions.Asker(origin.caller(), origin.trail().correlationId(), millis);
    return questions.kept(asker, provider, request);
  }

  /**
   * The same where no call is the reason for it, on behalf of an account.
   *
   * @param most how long to wait
   */
  protected final Future<JsonObject> askKept(
      Caller caller, Duration most, String provider, JsonObject request) {
    var asker = new Questions.Asker(caller, CorrelationId.next(), most.toMillis());
    return questions.kept(asker, provider, request);
  }

  @Override
  protected final Future<Outcome> answer(Conversation conversation) {
    return readyFor(conversation.call()).compose(ready -> ready.answer(conversation));
  }

  /** What answers this call. */
  Future<ReadyOffers> readyFor(Call call) {
    return Future.succeededFuture(everyones);
  }

  /** What every caller has. */
  final ReadyOffers everyones() {
    return everyones;
  }

  /** Begins to offer one more tool, and tells everyone. */
  protected final void offer(Tool tool) {
    everyones.add(List.of(tool), List.of(), List.of());
    announce();
  }

  /** Begins to offer one more prompt, and tells everyone. */
  protected final void offer(Prompt prompt) {
    everyones.add(List.of(), List.of(prompt), List.of());
    announce();
  }

  /** Offers that tool no longer, and tells everyone; calls of it that have begun go on. */
  protected final void withdraw(Tool tool) {
    everyones.remove(tool);
    announce();
  }

  /** Offers that prompt no longer, and tells everyone. */
  protected final void withdraw(Prompt prompt) {
    everyones.remove(prompt);
    announce();
  }
}
