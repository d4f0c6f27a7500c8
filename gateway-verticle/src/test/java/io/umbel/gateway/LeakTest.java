package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Caller;
import io.umbel.contract.TailoredTools;
import io.umbel.gateway.access.Accounts;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many users at once, over two gateways, in both eras: nobody sees or reaches what is another's.
 */
@Timeout(120)
class LeakTest {

  private static final int USERS = 50;
  private static final int REQUESTS = 1_000;

  private final TailoredTools first = new TailoredTools();
  private final TailoredTools second = new TailoredTools();
  private final Gates gates = new Gates(Accounts.NONE, first, second);

  private final List<Caller> users = IntStream.range(0, USERS)
      .mapToObj(i -> new Caller("account" + i % 7, "user" + i, null, null, Set.of()))
      .toList();

  @AfterEach
  void stop() {
    gates.close();
  }

  @Test
  void aThousandCallsAndListsOfManyUsersInBothErasLeakNothing() {
    var random = new Random(4);
    var all = new ArrayList<Future<?>>();
    for (int i = 0; i < REQUESTS; i++) {
      var user = users.get(random.nextInt(USERS));
      var other = users.get(random.nextInt(USERS));
      all.add(one(i, random.nextInt(2), random.nextBoolean(), user, other));
      if (i % 100 == 99) {
        first.changed("account" + i / 100 % 7);
      }
    }
    Future.all(all).await();
    assertThat(all).hasSize(REQUESTS);
  }

  private Future<?> one(int i, int gate, boolean modern, Caller user, Caller other) {
    var field = user.subject() + "_field";
    return switch (i % 5) {
      case 0 ->
        ask(gate, modern, user, "tools/list", new JsonObject())
            .map(answer -> isOwnList(answer, user));
      case 1 ->
        ask(gate, modern, user, "tools/call", tool("form", JsonObject.of(field, "x")))
            .map(answer -> isOwn(answer, user));
      case 2 ->
        ask(gate, modern, user, "tools/call", tool("only_" + other.subject(), null))
            .map(answer -> isOwnOrUnknown(answer, user, other));
      case 3 ->
        ask(gate, modern, user, "prompts/list", new JsonObject())
            .map(answer -> isOnly(answer.getJsonObject("result"), "of_" + user.subject()));
      default ->
        ask(gate, modern, user, "resources/read", JsonObject.of("uri", "own://" + other.subject()))
            .map(answer -> isOwnResource(answer, user, other));
    };
  }

  private Future<JsonObject> ask(
      int gate, boolean modern, Caller user, String method, JsonObject params) {
    return modern
        ? gates.modern(gate, user, method, params)
        : gates.legacy(gate, user, method, params);
  }

  private static Void isOwnList(JsonObject answer, Caller user) {
    var result = answer.getJsonObject("result");
    var names = new TreeSet<String>();
    result.getJsonArray("tools").forEach(tool -> names.add(((JsonObject) tool).getString("name")));
    assertThat(names).containsExactly("form", "only_" + user.subject(), "whoami");
    var form = result.getJsonArray("tools").getJsonObject(0);
    assertThat(form.getJsonObject("inputSchema").getJsonArray("required"))
        .containsExactly(user.subject() + "_field");
    return null;
  }

  private static Void isOwn(JsonObject answer, Caller user) {
    assertThat(answer.getJsonObject("result").getJsonObject("structuredContent").getString("by"))
        .isEqualTo(user.account() + "/" + user.subject());
    return null;
  }

  private static Void isOwnOrUnknown(JsonObject answer, Caller user, Caller other) {
    if (user.equals(other)) {
      assertThat(Talk.text(answer)).isEqualTo(user.subject());
    } else {
      var unknown = "Unknown tool: only_" + other.subject();
      assertThat(answer.getJsonObject("error").getInteger("code")).isEqualTo(-32602);
      assertThat(answer.getJsonObject("error").getString("message"))
          .isIn(unknown, unknown + ". Did you mean only_" + user.subject() + "?");
    }
    return null;
  }

  private static Void isOnly(JsonObject result, String prompt) {
    assertThat(result.getJsonArray("prompts")).hasSize(1);
    assertThat(result.getJsonArray("prompts").getJsonObject(0).getString("name"))
        .isEqualTo(prompt);
    return null;
  }

  private static Void isOwnResource(JsonObject answer, Caller user, Caller other) {
    if (user.equals(other)) {
      assertThat(answer.encode()).contains("\"text\":\"" + user.subject() + "\"");
    } else {
      assertThat(answer.getJsonObject("error").getString("message"))
          .isEqualTo("Resource not found: own://" + other.subject());
    }
    return null;
  }

  private static JsonObject tool(String name, JsonObject arguments) {
    return JsonObject.of(
        "name", name, "arguments", arguments == null ? new JsonObject() : arguments);
  }
}
