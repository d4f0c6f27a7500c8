package io.umbel.registry.manage;

import io.umbel.contract.Caller;
import io.umbel.registry.RegistrySettings;
import io.umbel.registry.server.ServerStore;
import io.umbel.registry.server.StoreAway;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Answers what the REST API asks of the registry, operation by operation. */
public final class ManageDesk {

  private static final String UNSTORABLE = "22";
  private static final String AWAY = "(08|25|40|53|55|57).*";

  private final Map<String, Function<Asked, Future<JsonObject>>> answers = new HashMap<>();

  /**
   * A desk.
   *
   * @param admission where servers may be
   * @param operations what can be done with them
   * @param clock what time it is
   */
  public ManageDesk(
      RegistrySettings settings,
      ServerStore store,
      Admission admission,
      Operations operations,
      Clock clock) {
    var found = new Found(store);
    var shown = new Shown(store.definitions());
    var trial = new Trial(operations, store.definitions(), clock);
    answerLooks(new Looking(store, found, shown, operations));
    var registering = new Registering(settings, found, shown, admission, operations, trial);
    answers.put("createMcpServer", registering::create);
    answers.put("updateMcpServer", registering::update);
    answers.put("deleteMcpServer", registering::delete);
    var attending = new Attending(found, store.definitions(), operations, trial);
    answers.put("scanMcpServer", attending::scan);
    answers.put("reconnectMcpServer", attending::reconnect);
    answers.put("reconnectServer", attending::reconnectNamed);
    answers.put("approveMcpServerDefinitions", attending::approve);
  }

  private void answerLooks(Looking looking) {
    answers.put("listMcpServers", looking::list);
    answers.put("getMcpServer", looking::show);
    answers.put("listMcpServerTools", looking::tools);
    answers.put("getMcpServerHealth", looking::health);
    answers.put("listServers", looking::everything);
    answers.put("listServerTools", looking::toolsNamed);
    answers.put("listCircuitBreakers", looking::breakers);
    answers.put("resetCircuitBreaker", looking::reset);
  }

  /** What to answer, as {@code docs/bus.md} has it under "manage". */
  public Future<JsonObject> answer(Caller caller, JsonObject request) {
    var asked = new Asked(caller, request);
    var answer = answers.get(asked.operation());
    if (answer == null) {
      return Future.succeededFuture(Refused.unknown(asked.operation()).answer());
    }
    return Future.succeededFuture(asked).compose(answer).recover(ManageDesk::refused);
  }

  private static Future<JsonObject> refused(Throwable why) {
    if (why instanceof Refused refused) {
      return Future.succeededFuture(refused.answer());
    }
    if (why instanceof PgException database && isUnstorable(database)) {
      return Future.succeededFuture(Refused.unstorable().answer());
    }
    return isAway(why)
        ? Future.succeededFuture(Refused.databaseAway().answer())
        : Future.failedFuture(why);
  }

  private static boolean isUnstorable(PgException database) {
    var state = String.valueOf(database.getSqlState());
    return state.startsWith(UNSTORABLE) || state.equals("23514");
  }

  /** Pools and connections say in several ways that there is nobody. */
  private static boolean isAway(Throwable why) {
    return why instanceof StoreAway
        || why instanceof IOException
        || why instanceof TimeoutException
        || (why instanceof PgException database
            ? String.valueOf(database.getSqlState()).matches(AWAY)
            : why instanceof VertxException);
  }
}
