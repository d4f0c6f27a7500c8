package io.umbel.gateway.identity;

import io.umbel.contract.Caller;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Judges JSON Web Tokens: what is cheap first, the signature last. */
final class JwtCheck {

  private final Claims claims;
  private final CallerClaims callers;
  private final Keyring keys;
  private final SignatureCheck signatures;

  JwtCheck(Claims claims, CallerClaims callers, Keyring keys, SignatureCheck signatures) {
    this.claims = claims;
    this.callers = callers;
    this.keys = keys;
    this.signatures = signatures;
  }

  /**
   * The caller that the token proves, and until when; empty where it proves nothing. Fails with
   * {@link Unjudged} where that cannot be known at the moment.
   */
  Future<Optional<Identified>> judge(BearerToken token) {
    var jwt = Jwt.parse(token.text()).filter(claims::areGood);
    var caller = jwt.flatMap(good -> callers.read(good.claims()));
    if (caller.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    var signed = jwt.get();
    return keys.mayHaveSigned(signed)
        .compose(candidates -> signatures.isSigned(signed, candidates))
        .map(isSigned -> isSigned
            ? Optional.of(identified(caller.get(), token, signed.claims()))
            : Optional.empty());
  }

  private static Identified identified(Caller caller, BearerToken token, JsonObject claims) {
    return new Identified(caller, token.fingerprint(), Claims.expiry(claims));
  }

  Keyring keys() {
    return keys;
  }

  void close() {
    keys.close();
    signatures.close();
  }
}
