package io.umbel.gateway.http;

import io.umbel.gateway.wire.McpException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads a request's body up to a limit. What is beyond is thrown away as it comes, so that the
 * client gets to read why; only what is beyond all measure is cut off.
 */
final class BodyReader {

  /** Bodies up to this many times the limit are read to their end before they are refused. */
  private static final int PATIENCE = 16;

  private final int limit;

  BodyReader(int limit) {
    this.limit = limit;
  }

  /** The bytes; fails with {@link McpException} of status 413 where there are more than allowed. */
  Future<byte[]> read(HttpServerRequest request) {
    var promise = Promise.<byte[]>promise();
    var body = new Body(declaredLength(request));
    request.handler(body::take);
    request.exceptionHandler(promise::tryFail);
    request.endHandler(end -> {
      if (body.size <= limit) {
        promise.tryComplete(body.bytes());
      } else {
        promise.tryFail(tooLarge());
      }
    });
    if (body.declared > (long) limit * PATIENCE) {
      promise.tryFail(tooLarge());
    }
    return promise.future();
  }

  private McpException tooLarge() {
    return McpException.refused(413, "The body is larger than " + limit + " bytes");
  }

  private static long declaredLength(HttpServerRequest request) {
    var length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  /** What has come so far; the first piece is usually all there is. */
  private final class Body {
    private final long declared;
    private long size;
    private Buffer pieces;

    Body(long declared) {
      this.declared = declared;
    }

    void take(Buffer piece) {
      size += piece.length();
      if (size > limit) {
        pieces = null;
      } else if (pieces == null) {
        pieces = piece;
      } else {
        pieces = pieces.copy().appendBuffer(piece);
      }
    }

    byte[] bytes() {
      return pieces == null ? new byte[0] : pieces.getBytes();
    }
  }
}
