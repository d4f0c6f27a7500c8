package io.umbel.gateway.identity;

import io.umbel.contract.Caller;
import io.umbel.contract.Node;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/**
 * Who a client is.
 *
 * <p>Belongs to one verticle and is used on its thread only.
 */
public interface Identity {

  /** What it is called among the things a gateway depends on. */
  String NAME = "identity";

  /** What a gateway's clients are known by: API keys, and who has been sent away. */
  record Registers(ApiKeys apiKeys, Standing standing) {
    /** No API keys, and everybody is welcome. */
    public static final Registers NONE = new Registers(ApiKeys.NONE, Standing.GOOD);
  }

  /** What asks nobody, or everybody, as these settings say. */
  static Identity of(
      Vertx vertx, IdentitySettings settings, ProtectedResource resource, Registers registers) {
    if (!settings.required()) {
      return OpenHouse.INSTANCE;
    }
    var clock = Node.of(vertx).clock();
    var reader = new KeyReader(vertx);
    var keys = settings.keys().url() == null
        ? new FixedKeys(reader.configured(settings.keys().fixed()))
        : new PublishedKeys(vertx, settings.keys(), reader, clock);
    var jwts = new JwtCheck(
        new Claims(settings.tokens(), resource::identifier, clock),
        new CallerClaims(settings.accounts()),
        keys,
        new SignatureCheck(vertx));
    return new TokenIdentity(jwts, registers, clock);
  }

  /**
   * Whoever sent that request, by its {@code Authorization} and nothing else. Completes at once
   * where the token is known; fails with {@link io.umbel.gateway.wire.McpException}: 401 where
   * nobody is proven, in the same words whatever the reason, and 503 where that cannot be known.
   *
   * @param mayVerify asked before a token is verified that is not known; where that fails, so does
   *     this, and nothing is verified
   */
  default Future<Identified> identify(HttpServerRequest request, Supplier<Future<Void>> mayVerify) {
    return identify(request.headers().getAll(HttpHeaders.AUTHORIZATION), mayVerify);
  }

  /** Whoever presents these {@code Authorization} headers; fails as the other does. */
  Future<Identified> identify(List<String> authorization, Supplier<Future<Void>> mayVerify);

  /** The same for somebody who may try as often as they like. */
  default Future<Identified> identify(List<String> authorization) {
    return identify(authorization, Future::succeededFuture);
  }

  /** Begins to follow the keys of those who issue tokens. Never fails. */
  Future<Void> open();

  /** Whether anybody is asked. */
  boolean isAsking();

  /** Whether tokens can be judged. */
  boolean isReady();

  /** Whether tokens can be judged, by name: {@code {ok, error?}}; nothing where nobody is asked. */
  default Future<JsonObject> probe() {
    var state = JsonObject.of("ok", isReady());
    if (!isReady()) {
      state.put("error", "no key to check tokens with");
    }
    return Future.succeededFuture(isAsking() ? JsonObject.of(NAME, state) : new JsonObject());
  }

  void close();

  /** The local user: whoever asks a gateway that asks nobody. */
  Identified LOCAL = new Identified(Caller.LOCAL, null, Long.MAX_VALUE);
}
