package io.umbel.contract;

import io.vertx.core.Future;
import java.util.Map;

/** What every call, of a tool, a prompt or a resource, knows and can say before it is answered. */
public abstract class Asking {

  private final Conversation conversation;

  Asking(Conversation conversation) {
    this.conversation = conversation;
  }

  /** On whose behalf; never an argument. */
  public final Caller caller() {
    return conversation.call().caller();
  }

  /** The id that logs, audit and errors of this request carry. */
  public final String correlationId() {
    return conversation.call().trail().correlationId();
  }

  /** The call itself: where it came from and how long it is waited for. */
  public final Call origin() {
    return conversation.call();
  }

  /** What the client says of itself. */
  public final ClientFacts client() {
    return conversation.client();
  }

  /** Completes if the client gives this call up; the answer is then not waited for. */
  public final Future<Void> cancelled() {
    return conversation.cancelled();
  }

  /**
   * Tells the client how far this has come, if it asked to hear of it.
   *
   * @param progress grows from one to the next
   * @param total where it ends, or 0 where that is not known
   * @param message for people, or null
   */
  public final void progress(double progress, double total, String message) {
    conversation.progress(progress, total, message);
  }

  /** Sends the client a log line, if it asked for lines of that level. */
  public final void log(LogLevel level, Object data) {
    conversation.log(level, null, data);
  }

  /** Lets an older client hang up and come back for the answer. */
  public final void pause() {
    conversation.pause();
  }

  /**
   * Asks the client. The function goes on when the answer has come, whichever node it came by.
   *
   * @return fails where the client cannot be asked; left alone, that failure is the call's answer
   */
  public final Future<Answers> ask(Map<String, Question> questions) {
    return conversation.ask(questions);
  }

  /** Asks the client one thing. */
  public final Future<Answers> ask(String key, Question question) {
    return ask(Map.of(key, question));
  }
}
