package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.umbel.contract.Schema;
import io.umbel.launcher.client.Arguments;
import io.umbel.launcher.exit.Refusal;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  private static final JsonObject TOOL = new JsonObject()
      .put(
          "inputSchema",
          Schema.object()
              .text("name", "a text")
              .integer("count", "a number")
              .flag("loud", "a flag")
              .list("tags", "texts", new JsonObject().put("type", "string"))
              .toJson());

  @Test
  void readsAsJsonOnlyWhatTheSchemaWantsAsJson() {
    var read = read("name=12", "count=12", "loud=true", "tags=[\"a\",\"b\"]");

    assertThat(read)
        .isEqualTo(
            new JsonObject("{\"name\":\"12\",\"count\":12,\"loud\":true,\"tags\":[\"a\",\"b\"]}"));
  }

  @Test
  void keepsAsTextWhatTheSchemaDoesNotKnowOrCannotBeRead() {
    assertThat(read("count=twelve", "other=12", "name=a=b"))
        .isEqualTo(new JsonObject("{\"count\":\"twelve\",\"other\":\"12\",\"name\":\"a=b\"}"));
  }

  @Test
  void refusesWhatIsNoPair() {
    assertThat(catchThrowableOfType(Refusal.class, () -> read("name")))
        .hasMessage("\"name\" is not of the form key=value");
  }

  private static JsonObject read(String... pairs) {
    return Arguments.of(TOOL).read(List.of(pairs));
  }
}
