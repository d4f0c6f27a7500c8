package io.umbel.registry.upstream.http;

import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.net.URI;
import java.util.function.Consumer;

/**
 * One HTTP request and its answer, which can be given up at any time. No answer is read further
 * than its bound.
 */
public final class Exchange {

  private static final long CANCEL = 8;
  private static final int REDIRECTS = 3;
  private static final int WORTH_READING = 64 * 1024;
  private static final long LINGER_MILLIS = 2_000;

  private final Web web;
  private HttpClientRequest request;
  private HttpClientResponse dropped;
  private URI url;
  private boolean counted;
  private boolean aborted;

  /** Nothing is sent yet. */
  public Exchange(Web web) {
    this.web = web;
  }

  /**
   * Sends a request.
   *
   * @return the head of the answer, whose body must be read at once; fails with
   *     {@link UpstreamFailure}
   */
  public Future<HttpClientResponse> send(Sending sending) {
    try {
      web.begin();
    } catch (UpstreamFailure full) {
      return Future.failedFuture(full);
    }
    counted = true;
    return send(sending, REDIRECTS).onFailure(why -> over());
  }

  /** Where the answer came from. */
  URI url() {
    return url;
  }

  private Future<HttpClientResponse> send(Sending sending, int redirects) {
    return web.connect(sending)
        .compose(ready -> sent(ready, sending))
        .compose(
            answer -> isMoved(answer) ? moved(answer, sending, redirects) : here(answer, sending));
  }

  private Future<HttpClientResponse> sent(HttpClientRequest ready, Sending sending) {
    request = ready;
    ready.exceptionHandler(why -> {}); // the answer's future says it too
    if (aborted) {
      ready.reset(CANCEL);
      return failed(Reason.CANCELLED, "Nobody waits for the answer any longer", false);
    }
    var answer = sending.body() == null ? ready.send() : ready.send(sending.body());
    return answer.recover(why -> failed(
        Reason.UNREACHABLE,
        "The connection to " + sending.where() + " broke before the answer",
        true));
  }

  private Future<HttpClientResponse> here(HttpClientResponse answer, Sending sending) {
    url = sending.url();
    return Future.succeededFuture(answer);
  }

  private static boolean isMoved(HttpClientResponse answer) {
    return answer.statusCode() == 307 || answer.statusCode() == 308;
  }

  /** A server may move within its origin; whoever sees credentials is no matter of an answer. */
  private Future<HttpClientResponse> moved(
      HttpClientResponse answer, Sending sending, int redirects) {
    drop(answer);
    var location = answer.getHeader("Location");
    URI moved;
    try {
      moved = sending.url().resolve(location == null ? "" : location);
    } catch (IllegalArgumentException e) {
      return failed(Reason.GARBAGE, "The server redirects to something that is no URL", false);
    }
    if (moved.getHost() == null || !Sending.isSameOrigin(moved, sending.url())) {
      return failed(
          Reason.FORBIDDEN,
          "The server redirects to another origin, where Umbel does not go",
          false);
    }
    return redirects == 0
        ? failed(Reason.GARBAGE, "The server redirects again and again", false)
        : send(sending.to(moved), redirects - 1);
  }

  /** The whole body, where it is not too large. */
  public Future<Buffer> body(HttpClientResponse answer) {
    var max = web.bounds().answerBytes();
    answer.exceptionHandler(why -> {});
    if (saysMoreThan(max, answer.getHeader("Content-Length"))) {
      return this.<Buffer>tooLarge(max).onFailure(why -> abort());
    }
    var all = Promise.<Buffer>promise();
    var pieces = new Pieces();
    answer.exceptionHandler(why -> all.tryFail(broken()));
    answer.endHandler(end -> all.tryComplete(pieces.whole));
    answer.handler(piece -> {
      if (pieces.length() + piece.length() <= max) {
        pieces.add(piece);
      } else if (all.tryFail(this.<Buffer>tooLarge(max).cause())) {
        abort();
      }
    });
    return all.future().onComplete(read -> over());
  }

  private static boolean saysMoreThan(int max, String length) {
    try {
      return length != null && Long.parseLong(length) > max;
    } catch (NumberFormatException e) {
      return false; // what comes is counted anyway
    }
  }

  /** A body that mostly comes in one piece. */
  private static final class Pieces {
    private Buffer whole = Buffer.buffer();
    private boolean own;

    int length() {
      return whole.length();
    }

    void add(Buffer piece) {
      if (whole.length() == 0) {
        whole = piece;
      } else {
        whole = own ? whole.appendBuffer(piece) : whole.copy().appendBuffer(piece);
        own = true;
      }
    }
  }

  /** The events of a stream, one by one; completes at its end. */
  Future<Void> events(HttpClientResponse answer, Consumer<Event> events, Consumer<Long> retries) {
    var read = Promise.<Void>promise();
    var reader = new EventReader(web.bounds().answerBytes(), events, retries::accept);
    answer.exceptionHandler(why -> read.tryFail(broken()));
    answer.endHandler(end -> read.tryComplete());
    answer.handler(piece -> {
      try {
        if (!aborted) {
          reader.read(piece);
        }
      } catch (UpstreamFailure tooLarge) {
        read.tryFail(tooLarge);
        abort();
      }
    });
    return read.future().onComplete(done -> over());
  }

  /** All that was wanted has come: whoever does not end the stream soon is hung up on. */
  void linger() {
    web.later(LINGER_MILLIS, () -> {
      if (counted) {
        abort();
      }
    });
  }

  /** What comes is not looked at; another request may be sent. */
  void discard(HttpClientResponse answer) {
    drop(answer);
    over();
  }

  /** A little that nobody wants is read, so that the connection can be used again. */
  private void drop(HttpClientResponse answer) {
    if (dropped == answer) {
      return;
    }
    dropped = answer;
    var here = request;
    var left = new int[] {WORTH_READING};
    answer.exceptionHandler(why -> {});
    answer.handler(piece -> {
      left[0] -= piece.length();
      if (left[0] < 0) {
        here.reset(CANCEL);
      }
    });
  }

  /** Gives it up: what has not come yet never will. */
  public void abort() {
    aborted = true;
    if (request != null) {
      request.reset(CANCEL);
    }
    over();
  }

  boolean isAborted() {
    return aborted;
  }

  private void over() {
    if (counted) {
      counted = false;
      web.end();
    }
  }

  private <T> Future<T> tooLarge(int max) {
    return failed(Reason.TOO_LARGE, "The server answered with more than " + max + " bytes", true);
  }

  private UpstreamFailure broken() {
    return new UpstreamFailure(
        Reason.UNREACHABLE, "The connection broke in the middle of the answer", true);
  }

  private static <T> Future<T> failed(Reason reason, String text, boolean delivered) {
    return Future.failedFuture(new UpstreamFailure(reason, text, delivered));
  }
}
