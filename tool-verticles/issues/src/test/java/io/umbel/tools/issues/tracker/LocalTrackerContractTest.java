package io.umbel.tools.issues.tracker;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class LocalTrackerContractTest extends TrackerContract {

  private final ToolHands hands = new ToolHands(
      JsonObject.of("name", "Team", "tracker_type", "local")
          .put("projects", JsonArray.of(JsonObject.of("identifier", "WEB"))),
      new JsonObject());

  @AfterEach
  void stop() {
    hands.close();
  }

  @Override
  protected Hands hands() {
    return hands;
  }

  @Override
  protected Words words() {
    return new Words(
        List.of(
            new Way("In_Progress", "in_progress", "in_progress"),
            new Way("done", "done", "done"),
            new Way("CLOSED", "closed", "done"),
            new Way("reopened", "open", "todo")),
        "high",
        "ann",
        null,
        List.of("blocks", "is_blocked_by", "relates_to", "duplicates"));
  }

  @Override
  protected String secret() {
    return null;
  }

  @Override
  protected long writes() {
    return 0;
  }
}
