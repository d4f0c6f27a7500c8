package io.umbel.registry.upstream.http;

import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import java.util.Locale;
import java.util.Set;

/** What is shown to a server, in the headers of each request. */
public interface Credential {

  /** Adds it; fails with {@link UpstreamFailure} where there is none to be had. */
  Future<Void> show(MultiMap headers);

  /**
   * The server did not take it.
   *
   * @return whether there is another one now; fails with {@link UpstreamFailure} where it should
   *     have been possible to have one
   */
  Future<Boolean> renew(HttpClientResponse challenge);

  /** Nothing, or something that is always the same. */
  record Fixed(String header, String value) implements Credential {

    /** Headers that are no place for a key. */
    private static final Set<String> TAKEN = Set.of(
        "host",
        "connection",
        "content-length",
        "content-type",
        "transfer-encoding",
        "te",
        "trailer",
        "upgrade",
        "accept",
        "last-event-id");

    @Override
    public Future<Void> show(MultiMap headers) {
      if (header == null) {
        return Future.succeededFuture();
      }
      var name = header.toLowerCase(Locale.ROOT);
      if (!value.matches("[ -~]*") || !name.matches("[!#$%&'*+.^_`|~0-9a-z-]+")) {
        var text = "The credentials fit in no HTTP header";
        return Future.failedFuture(new UpstreamFailure(Reason.CREDENTIALS, text, false));
      }
      if (TAKEN.contains(name) || name.startsWith("mcp-") || name.startsWith("proxy-")) {
        var text = "The header " + header + " cannot carry a key";
        return Future.failedFuture(new UpstreamFailure(Reason.CREDENTIALS, text, false));
      }
      headers.set(header, value);
      return Future.succeededFuture();
    }

    @Override
    public Future<Boolean> renew(HttpClientResponse challenge) {
      return Future.succeededFuture(false);
    }

    @Override
    public String toString() {
      return "Fixed[" + header + ", ***]";
    }
  }
}
