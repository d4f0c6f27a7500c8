package io.umbel.tools.system;

import io.umbel.contract.Call;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Asks the gateway that holds a call what its caller may see. */
@FunctionalInterface
interface CatalogQuestion {

  Future<JsonObject> ask(Call call, JsonObject query);
}
