package io.umbel.gateway.http;

import io.umbel.gateway.McpServer;
import io.umbel.gateway.http.HttpAnswers.Visit;
import io.umbel.gateway.identity.Identified;
import io.umbel.gateway.identity.Identity;
import io.umbel.gateway.limits.RateLimits;
import io.umbel.gateway.wire.McpException;
import java.util.function.Consumer;

/** Lets a request go on once it is known whose it is. Until then nothing of its body is read. */
final class Doorkeeper {

  private static final int NOBODY = 401;

  private final Identity identity;
  private final RateLimits rates;
  private final BodyReader bodies;

  Doorkeeper(McpServer server, BodyReader bodies) {
    this.identity = server.identity();
    this.rates = server.rates();
    this.bodies = bodies;
  }

  /**
   * Asks who it is, and goes on.
   *
   * @param next what to do; a {@link McpException} it throws is the answer
   */
  void admit(Visit visit, Consumer<Visit> next) {
    var asked = identity.identify(visit.request(), () -> rates.mayIdentify(visit.address()));
    if (asked.succeeded()) {
      goOn(visit, asked.result(), next);
    } else if (asked.failed()) {
      turnAway(visit, asked.cause());
    } else {
      visit.request().pause();
      asked
          .onSuccess(who -> goOn(visit, who, next))
          .onFailure(why -> turnAway(visit, why))
          .onComplete(settled -> visit.request().resume());
    }
  }

  private static void goOn(Visit visit, Identified who, Consumer<Visit> next) {
    visit.by(who);
    try {
      next.accept(visit);
    } catch (McpException e) {
      visit.refuse(e);
    }
  }

  /** Its body is thrown away, so that the client gets to read why. */
  private void turnAway(Visit visit, Throwable why) {
    bodies.discard(visit.request());
    if (why instanceof McpException known) {
      visit.refuse(known.status() == NOBODY ? orTooOften(visit, known) : known);
    } else {
      visit.refuse(McpException.internal(visit.correlationId()));
    }
  }

  /** Nobody tries out tokens for long. */
  private McpException orTooOften(Visit visit, McpException why) {
    var counted = rates.takeFailed(visit.address());
    return counted.succeeded() ? why : (McpException) counted.cause();
  }
}
