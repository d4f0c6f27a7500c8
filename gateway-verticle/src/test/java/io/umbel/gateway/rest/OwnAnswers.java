package io.umbel.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.Talk;
import io.umbel.gateway.rest.Member.Home;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whether answers are exactly what one member is to get. */
final class OwnAnswers {

  private OwnAnswers() {}

  static Void isOwnList(JsonObject result, Member member) {
    var tools = new HashMap<String, JsonObject>();
    result.getJsonArray("tools").stream()
        .map(JsonObject.class::cast)
        .forEach(tool -> tools.put(tool.getString("name"), tool.getJsonObject("inputSchema")));
    assertThat(new TreeSet<>(tools.keySet())).isEqualTo(member.tools());
    assertThat(tools.get("form").getJsonArray("required"))
        .containsExactly(member.subject() + "_field");
    if (tools.containsKey("peek")) {
      assertThat(tools.get("peek").getJsonObject("properties").fieldNames())
          .isEqualTo(member.asked());
    }
    return null;
  }

  static Void isOnly(JsonObject result, Member member) {
    assertThat(result.getJsonArray("prompts"))
        .extracting(prompt -> ((JsonObject) prompt).getString("name"))
        .containsExactly("of_" + member.subject());
    return null;
  }

  static Void isBy(JsonObject answer, Member member) {
    assertThat(structured(answer).getString("by"))
        .isEqualTo(member.home().account() + "/" + member.subject());
    return null;
  }

  static Void isOwnTool(JsonObject answer, Member member, String tool) {
    if (member.tools().contains(tool)) {
      assertThat(Talk.text(answer)).isEqualTo(member.subject());
    } else {
      isUnknown(answer, member, tool);
    }
    return null;
  }

  static Void isWho(JsonObject answer, Member member) {
    if (member.tools().contains("who")) {
      assertThat(structured(answer)).isEqualTo(member.who());
    } else {
      isUnknown(answer, member, "who");
    }
    return null;
  }

  static Void isIn(JsonObject answer, Member member, Home asked) {
    if (!member.tools().contains("peek")) {
      isUnknown(answer, member, "peek");
    } else if (member.home().equals(asked)) {
      assertThat(structured(answer).getString("shown")).isEqualTo("what is in " + asked.project());
      assertThat(structured(answer).getString("agent")).isEqualTo(member.who().getString("agent"));
    } else {
      assertThat(structured(answer).getJsonObject("error").getString("message"))
          .isEqualTo("No access to project " + asked.project());
    }
    return null;
  }

  static Void isOwnResource(JsonObject answer, Member member, String subject) {
    if (member.subject().equals(subject)) {
      assertThat(answer.encode()).contains("\"text\":\"" + subject + "\"");
    } else {
      assertThat(answer.getJsonObject("error").getString("message"))
          .isEqualTo("Resource not found: own://" + subject);
    }
    return null;
  }

  /** Whatever is proposed instead is one of the member's own. */
  private static void isUnknown(JsonObject answer, Member member, String tool) {
    var unknown = "Unknown tool: " + tool;
    var messages = Stream.concat(
        Stream.of(unknown),
        member.tools().stream().map(own -> unknown + ". Did you mean " + own + "?"));
    assertThat(answer.getJsonObject("error").getString("message")).isIn(messages.toList());
    assertThat(answer.getJsonObject("error").getInteger("code")).isEqualTo(-32602);
  }

  private static JsonObject structured(JsonObject answer) {
    return answer.getJsonObject("result").getJsonObject("structuredContent");
  }
}
