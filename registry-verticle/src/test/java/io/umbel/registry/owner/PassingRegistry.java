package io.umbel.registry.owner;

import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Caller;
import io.umbel.contract.Conversation;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provider;
import io.umbel.contract.Question;
import io.umbel.contract.ToolResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * A registry that runs nothing: a call's name is the id of a server, and its argument {@code do}
 * says what happens to it there.
 */
final class PassingRegistry extends Provider {

  private final Promise<Conversation> begun = Promise.promise();
  private RendezvousOwnership ownership;
  private Elsewhere elsewhere;

  @Override
  protected String name() {
    return "registry";
  }

  @Override
  protected Offers offers() {
    return Offers.NONE;
  }

  @Override
  protected Future<?> prepare() {
    ownership = new RendezvousOwnership(vertx, instance());
    elsewhere = new Elsewhere(vertx, name(), ownership);
    return ownership.open();
  }

  /** The first call that was to be answered here. */
  Conversation begun() {
    return begun.future().await();
  }

  String id() {
    return instance().id();
  }

  boolean owns(UUID server) {
    var answer = Promise.<Boolean>promise();
    context.runOnContext(turn -> answer.complete(ownership.isMine(server)));
    return answer.future().await();
  }

  @Override
  protected Future<Outcome> answer(Conversation conversation) {
    var server = UUID.fromString(conversation.call().target().name());
    var repeatable = what(conversation).startsWith("repeatable");
    return elsewhere.answer(server, conversation, repeatable, () -> here(conversation));
  }

  @Override
  protected Future<JsonObject> manage(Caller caller, JsonObject request) {
    if ("owner.scan".equals(request.getString("operation"))) {
      return scanned(caller);
    }
    var server = UUID.fromString(request.getString("id"));
    var scan = new JsonObject().put("operation", "owner.scan").put("id", server.toString());
    return elsewhere.ask(server, caller, scan, Duration.ofSeconds(5), () -> scanned(caller));
  }

  private Future<JsonObject> scanned(Caller caller) {
    return Future.succeededFuture(new JsonObject().put("by", id()).put("for", caller.subject()));
  }

  private Future<Outcome> here(Conversation conversation) {
    begun.tryComplete(conversation);
    return switch (what(conversation)) {
      case "nothing", "repeatable nothing" -> Promise.<Outcome>promise().future();
      case "ask" ->
        asked(conversation)
            .compose(first -> asked(conversation).map(second -> text(first + " then " + second)));
      default -> Future.succeededFuture(text("done"));
    };
  }

  private static Future<String> asked(Conversation conversation) {
    var question = Question.form("Who?", new JsonObject());
    return conversation
        .ask(Map.of("who", question))
        .map(answers -> answers.of("who").getString("action"));
  }

  private Outcome text(String text) {
    return ToolResult.text(text + " by " + id()).toOutcome("correlation");
  }

  private static String what(Conversation conversation) {
    var params = conversation.call().params().toJsonObject();
    return params.getJsonObject("arguments").getString("do", "");
  }
}
