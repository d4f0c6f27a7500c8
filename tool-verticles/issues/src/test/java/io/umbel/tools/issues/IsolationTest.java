package io.umbel.tools.issues;

import static io.umbel.contract.ErrorCode.ACCESS_DENIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Call;
import io.umbel.contract.Caller;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Outcome;
import io.umbel.contract.Reach;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever is asked in whatever order, nobody is told of, or changes, what belongs to another
 * account, or to a project that they may not act in. Every text of a world holds that world's word,
 * so a single foreign word anywhere in an answer is a leak.
 */
class IsolationTest extends IssuesFamily {

  private static final List<String> WORLDS = List.of("eastred", "eastblue", "westred", "westblue");
  private static final int CALLS = 600;
  private static final int AT_ONCE = 12;

  private final Random random = new Random(20);
  private final Map<String, List<String>> references = new HashMap<>();

  @Test
  void nobodyEverSeesAnotherWorld() {
    created(of("east", null), both());
    created(of("west", null), both());
    WORLDS.forEach(this::fill);
    var open = new ArrayList<Future<?>>();
    for (int i = 0; i < CALLS; i++) {
      var world = WORLDS.get(random.nextInt(WORLDS.size()));
      open.add(anything(world)
          .onSuccess(outcome -> assertThat(text(outcome))
              .as("what %s is told", world)
              .doesNotContain(
                  WORLDS.stream().filter(other -> !other.equals(world)).toArray(String[]::new))));
      if (open.size() == AT_ONCE) {
        Future.all(open).await();
        open.clear();
      }
    }
    for (var world : WORLDS) {
      var all = ok(caller(world), "list_issues", asked("limit", 100));
      assertThat(all.getJsonArray("issues").stream())
          .isNotEmpty()
          .allSatisfy(
              issue -> assertThat(((JsonObject) issue).getString("title")).contains(world));
    }
  }

  @Test
  void aTokenReachesNoFurtherThanItSays() {
    created(of("east", null), both());
    fill("eastred");
    var key = references.get("eastred").get(0);
    var confined = new Caller("east", "ann", null, null, Set.of(), new Reach(null, Set.of("blue")));
    assertThat(message(confined, ACCESS_DENIED, "get_issue", asked("issue", key)))
        .isEqualTo("This token may not act in all projects: say in which one with project_id");
    var red = JsonObject.of("issue", key, "project_id", "red");
    assertThat(message(confined, ACCESS_DENIED, "get_issue", red))
        .isEqualTo("No access to project red");
    assertThat(message(of("east", "blue"), ACCESS_DENIED, "get_issue", red))
        .isEqualTo("No access to project red");
    no(confined, ErrorCode.NOT_FOUND, "get_issue", red.copy().put("project_id", "blue"));
    var agent = new Caller("east", "ann", null, "agt_1", Set.of());
    no(agent, ACCESS_DENIED, "list_issues", new JsonObject());
    assertThat(ok(agent, "get_issue", red).getString("key")).isEqualTo(key);
  }

  @Test
  void aLinkToAnotherProjectIsToldOnlyToThoseWhoSeeIt() {
    created(of("east", null), both());
    fill("eastred");
    fill("eastblue");
    var everything = of("east", null);
    ok(
        everything,
        "link_issues",
        JsonObject.of("issue", "RED-1", "related_issue", "BLUE-1", "relation", "blocks"));
    assertThat(ok(everything, "get_issue", asked("issue", "RED-1")).getJsonArray("links"))
        .hasSize(1);
    assertThat(ok(caller("eastred"), "get_issue", asked("issue", "RED-1")).getJsonArray("links"))
        .isEmpty();
    assertThat(
            ok(caller("eastred"), "get_issue_history", asked("issue", "RED-1")).encode())
        .doesNotContain("BLUE");
  }

  private static JsonObject both() {
    return tracker("Team", project("RED", "red"), project("BLUE", "blue"));
  }

  private void fill(String world) {
    var known = references.computeIfAbsent(world, name -> new ArrayList<>());
    for (int i = 0; i < 3; i++) {
      var made = ok(
          caller(world),
          "create_issue",
          issueOf(world + " number " + i).put("labels", JsonArray.of(world)));
      known.add(made.getString("key"));
      known.add(made.getString("issue_id"));
      known.add(made.getString("url"));
    }
    ok(
        caller(world),
        "add_comment",
        JsonObject.of("target", known.get(0), "comment", world + " says"));
  }

  /** One call of that world's caller, that names anything there is anywhere. */
  private Future<Outcome> anything(String world) {
    var anywhere = references.get(WORLDS.get(random.nextInt(WORLDS.size())));
    var reference = anywhere.get(random.nextInt(anywhere.size()));
    var other = anywhere.get(random.nextInt(anywhere.size()));
    return switch (random.nextInt(10)) {
      case 0 -> begin(world, "list_issues", asked("limit", 1 + random.nextInt(9)));
      case 1 -> begin(world, "list_comments", asked("issue", reference));
      case 2 -> begin(world, "get_issue_history", asked("issue", reference));
      case 3 -> begin(world, "list_labels", new JsonObject());
      case 4 ->
        begin(
            world,
            "create_issue",
            asked("title", world + random.nextInt(9)).put("description", world));
      case 5 ->
        begin(
            world,
            "update_issue",
            JsonObject.of("issue", reference).put("title", world + random.nextInt(99)));
      case 6 ->
        begin(world, "add_comment", JsonObject.of("target", reference).put("comment", world));
      case 7 ->
        begin(
            world,
            "link_issues",
            JsonObject.of("issue", reference)
                .put("related_issue", other)
                .put("relation", "relates_to"));
      default ->
        begin(
            world,
            "get_issue",
            JsonObject.of("issue", reference).put("include", JsonArray.of("comments")));
    };
  }

  private Future<Outcome> begin(String world, String tool, JsonObject arguments) {
    var like = gateway().newCall(tool, arguments);
    var call = new Call(like.target(), caller(world), like.trail(), 10_000, like.params());
    return gateway().send(announcement(), call);
  }

  private static String text(Outcome outcome) {
    return outcome instanceof Outcome.Result result ? result.json().toString() : "";
  }

  private static Caller caller(String world) {
    var account = world.replaceAll("red|blue", "");
    return of(account, world.substring(account.length()));
  }

  private static Caller of(String account, String project) {
    return new Caller(account, "ann", project, null, Set.of());
  }
}
