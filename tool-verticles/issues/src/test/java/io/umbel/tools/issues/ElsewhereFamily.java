package io.umbel.tools.issues;

import io.umbel.storage.Vault;
import io.umbel.storage.VaultKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The family with a tracker on a server that a test plays. */
abstract class ElsewhereFamily extends IssuesFamily {

  static final String URL = "https://8.8.8.8/api";

  final TrackerElsewhere there = new TrackerElsewhere();

  @Override
  void prepare() {
    new Vault(List.of(key("k1", 1))).installOn(node().vertx());
  }

  @Override
  IssuesTools tools() {
    return new IssuesTools(there.kinds());
  }

  @Override
  protected JsonObject configuration() {
    return JsonObject.of(IssuesTools.ALLOWED_DESTINATIONS, JsonArray.of("127.0.0.1"))
        .put(IssuesTools.SYNC_INTERVAL, 0);
  }

  static VaultKey key(String id, int fill) {
    var bytes = new byte[VaultKey.BYTES];
    Arrays.fill(bytes, (byte) fill);
    return new VaultKey(id, bytes);
  }

  static JsonObject remote(String type, String name, String... projects) {
    var all = new JsonArray();
    for (var project : projects) {
      all.add(JsonObject.of("identifier", project));
    }
    return JsonObject.of("name", name, "tracker_type", type, "url", URL, "api_key", "right")
        .put("projects", all);
  }

  /** What the server was asked for since the last time, but whether it is there. */
  List<String> asked() {
    var all = new ArrayList<>(there.asked);
    there.asked.clear();
    all.removeIf(what -> what.equals("test"));
    return all;
  }

  static String problem(JsonObject answer, int status) {
    org.assertj.core.api.Assertions.assertThat(answer.getInteger("status"))
        .as("%s", answer)
        .isEqualTo(status);
    return answer.getJsonObject("body").getString("detail");
  }
}
