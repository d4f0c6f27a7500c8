package io.umbel.registry.bridge;

import io.umbel.contract.Conversation;
import io.umbel.contract.Outcome;
import io.umbel.registry.bridge.Holdings.Found;
import io.umbel.registry.pool.Errand;
import io.umbel.registry.pool.Pool;
import io.umbel.registry.upstream.Upstream.Answer;
import io.vertx.core.Future;

/** One call that is made: asked of its server, once more if the user had to visit pages first. */
final class OneCall {

  /** Time that is kept back to tell the client of a time-out ourselves. */
  private static final long RESERVE_MILLIS = 200;

  private final Pool pool;
  private final Conversation conversation;
  private final Found found;
  private final Wording wording;
  private final Dialogue dialogue;

  OneCall(Pool pool, Conversation conversation, Found found, Wording wording) {
    this.pool = pool;
    this.conversation = conversation;
    this.found = found;
    this.wording = wording;
    this.dialogue = new Dialogue(conversation, wording.abilities());
  }

  Future<Outcome> answer() {
    return pool.ask(errand(), dialogue)
        .compose(answer -> Pages.areWanted(answer)
            ? visited((Answer.Refused) answer)
            : Future.succeededFuture(outcome(answer)))
        .recover(this::failed);
  }

  /** The request that was refused had no effect, so it may be made again. */
  private Future<Outcome> visited(Answer.Refused refused) {
    var pages = Pages.of(refused);
    if (!Abilities.suffice(wording.abilities(), Pages.NEEDED)) {
      return Future.succeededFuture(FromServer.missing(Pages.NEEDED));
    }
    return conversation
        .ask(pages)
        .compose(answers -> Pages.areVisited(pages, answers)
            ? pool.ask(errand(), dialogue).map(this::outcome)
            : Future.succeededFuture(failures().notVisited()));
  }

  private Errand errand() {
    var call = conversation.call();
    var server = found.holding().server();
    var isTool = call.target().method().equals("tools/call");
    return new Errand(
        new Errand.Client(call.caller().account(), wording.abilities(), wording.era()),
        server,
        isTool ? found.definition().name() : call.target().method(),
        Math.min(
            server.policy().limits().timeout().toMillis(),
            Math.max(1, call.timeoutMillis() - RESERVE_MILLIS)),
        wording::question);
  }

  /** A server that gives up since it could not ask what the client never declared, says so. */
  private Outcome outcome(Answer answer) {
    return answer instanceof Answer.Refused && dialogue.lacking() != null
        ? FromServer.missing(dialogue.lacking())
        : new FromServer(conversation.call(), failures(), wording.abilities()).outcome(answer);
  }

  private Future<Outcome> failed(Throwable failure) {
    var outcome = failures().of(failure);
    return outcome == null ? Future.failedFuture(failure) : Future.succeededFuture(outcome);
  }

  private Failures failures() {
    return new Failures(conversation.call(), found.holding().server());
  }
}
