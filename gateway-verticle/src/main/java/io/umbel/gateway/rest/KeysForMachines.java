package io.umbel.gateway.rest;

import io.umbel.contract.Caller;
import io.umbel.gateway.store.KeySecret;
import io.umbel.gateway.store.Rows;
import io.umbel.gateway.store.Table;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.TreeSet;

/** Keys for machines. Nobody makes one that may do more than they may themselves. */
final class KeysForMachines implements Collection.Kind {

  private static final String EXPIRES = "expires_at";
  private static final String SECRET = "secret";

  private final Clock clock;

  KeysForMachines(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Table table() {
    return Table.API_KEYS;
  }

  @Override
  public String word() {
    return "ApiKey";
  }

  @Override
  public String pathWord() {
    return "api-keys";
  }

  @Override
  public int most() {
    return 1_000;
  }

  @Override
  public JsonObject completed(JsonObject values) {
    return values.containsKey("is_active") ? values : values.copy().put("is_active", true);
  }

  /** Its hash is among the values from now on; the key itself is not. */
  @Override
  public JsonObject toldOnce(JsonObject values) {
    var secret = KeySecret.random();
    values.put("hash", secret.hash());
    return JsonObject.of(SECRET, secret.text());
  }

  /** A key that does not work may be anything; one that does, or will, is within reach. */
  @Override
  public Future<Void> check(RestRequest request, Rows rows, JsonObject before, JsonObject after) {
    if (after.getBoolean("is_active")) {
      checkScopes(request.caller(), after.getJsonArray("scopes"));
    }
    var expires = after.getString(EXPIRES);
    if (expires != null && (before == null || !expires.equals(before.getString(EXPIRES)))) {
      checkExpiry(expires);
    }
    return before != null
        ? Future.succeededFuture()
        : Bound.wrongs(rows, after)
            .compose(wrongs -> wrongs.isEmpty()
                ? Future.succeededFuture()
                : Future.failedFuture(Problem.invalid(wrongs)));
  }

  @Override
  public Future<Void> checkGoing(Rows rows, String id) {
    return Future.succeededFuture();
  }

  private static void checkScopes(Caller caller, JsonArray scopes) {
    if (caller.scopes().contains("admin")) {
      return;
    }
    var beyond = new TreeSet<String>();
    scopes.forEach(scope -> beyond.add((String) scope));
    beyond.removeAll(caller.scopes());
    if (!beyond.isEmpty()) {
      throw Problem.beyond("scopes", beyond);
    }
  }

  private void checkExpiry(String text) {
    try {
      if (OffsetDateTime.parse(text).toInstant().isAfter(clock.instant())) {
        return;
      }
    } catch (DateTimeException e) {
      throw Collection.wrong("/" + EXPIRES, "is no time that there is");
    }
    throw Collection.wrong(
        "/" + EXPIRES, "is over already: to stop a key at once, set is_active to false");
  }
}
