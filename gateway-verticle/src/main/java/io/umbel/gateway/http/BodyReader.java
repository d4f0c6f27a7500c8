package io.umbel.gateway.http;

import io.umbel.gateway.wire.McpException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads a request's body up to a limit. What is beyond is thrown away as it comes, so that the
 * client gets to read why; what is beyond all measure is answered at once and cut off a moment
 * later.
 */
final class BodyReader {

  /** Bodies up to this many times the limit are read to their end before they are refused. */
  private static final int PATIENCE = 16;

  private final Vertx vertx;
  private final int limit;

  BodyReader(Vertx vertx, int limit) {
    this.vertx = vertx;
    this.limit = limit;
  }

  /** The bytes; fails with {@link McpException} of status 413 where there are more than allowed. */
  Future<byte[]> read(HttpServerRequest request) {
    return take(new Body(request, limit));
  }

  /** Throws the body away as it comes. */
  void discard(HttpServerRequest request) {
    if (!request.isEnded()) {
      take(new Body(request, 0));
    }
  }

  private static Future<byte[]> take(Body body) {
    body.request.handler(body::take);
    body.request.exceptionHandler(body.read::tryFail);
    body.request.endHandler(end -> body.end());
    body.expect(declaredLength(body.request));
    return body.read.future();
  }

  private static long declaredLength(HttpServerRequest request) {
    var length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  /** What has come so far; the first piece is usually all there is. */
  private final class Body {
    private final HttpServerRequest request;
    private final int kept;
    private final Promise<byte[]> read = Promise.promise();
    private long size;
    private Buffer first;
    private Buffer all;

    Body(HttpServerRequest request, int kept) {
      this.request = request;
      this.kept = kept;
    }

    void take(Buffer piece) {
      size += piece.length();
      if (size > kept) {
        all = null;
        first = null;
        expect(size);
      } else if (first == null) {
        first = piece;
      } else {
        append(piece);
      }
    }

    void end() {
      if (size > kept) {
        read.tryFail(tooLarge());
      } else {
        read.tryComplete(bytes());
      }
    }

    /** So much is to come, or has come already. */
    void expect(long length) {
      if (length > (long) limit * PATIENCE && read.tryFail(tooLarge())) {
        new Lingering(vertx, request, () -> size).start();
      }
    }

    private void append(Buffer piece) {
      all = all == null ? Buffer.buffer(2 * first.length()).appendBuffer(first) : all;
      all.appendBuffer(piece);
    }

    private byte[] bytes() {
      if (first == null) {
        return new byte[0];
      }
      return all == null ? first.getBytes() : all.getBytes();
    }

    private McpException tooLarge() {
      return McpException.refused(413, "The body is larger than " + limit + " bytes");
    }
  }
}
