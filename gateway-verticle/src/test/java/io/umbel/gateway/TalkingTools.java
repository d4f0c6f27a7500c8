package io.umbel.gateway;

import io.umbel.contract.Answers;
import io.umbel.contract.Asking;
import io.umbel.contract.LogLevel;
import io.umbel.contract.Prompt;
import io.umbel.contract.PromptResult;
import io.umbel.contract.Question;
import io.umbel.contract.Resource;
import io.umbel.contract.ResourceContents;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;

/** Tools that say something before they answer: progress, log lines, questions, changes. */
public final class TalkingTools extends ToolVerticle {

  /** The resource that {@code touch} changes where it is given no other. */
  public static final String WATCHED = "talk://watched";

  /** What has begun, and what was given up, by the tools' names. */
  public final LinkedBlockingQueue<String> begun = new LinkedBlockingQueue<>();

  public final LinkedBlockingQueue<String> givenUp = new LinkedBlockingQueue<>();

  private final LinkedBlockingQueue<Promise<ToolResult>> held = new LinkedBlockingQueue<>();

  /** Lets the call that waits longest go on to its answer. */
  public void release() throws InterruptedException {
    var waiting = held.poll(10, java.util.concurrent.TimeUnit.SECONDS);
    vertx.runOnContext(go -> waiting.complete(ToolResult.text("released")));
  }

  @Override
  protected List<Tool> tools() {
    var any = Schema.object().text("word", "Any").property("more", new JsonObject());
    return List.of(
        Tool.named("count", "Tells progress.", any, this::count),
        Tool.named("lines", "Logs a line of each level.", any, TalkingTools::lines),
        Tool.named("ask", "Asks for a name.", any, call -> name(call).map(TalkingTools::echo)),
        Tool.named("ask_twice", "Asks twice.", any, TalkingTools::twice),
        Tool.named("ask_three", "Asks three things.", any, TalkingTools::three),
        Tool.named("count_ask", "Counts, asks, counts.", any, TalkingTools::countAsk),
        Tool.named("hold", "Waits for the test.", any, this::hold),
        Tool.named("pause", "Lets the client hang up.", any, this::pause),
        Tool.named("ask_patiently", "Notes when it is given up.", any, this::patiently),
        Tool.named("params", "Shows its params.", any, TalkingTools::params),
        Tool.named("params_ask", "Shows them, asks, shows them.", any, TalkingTools::paramsAsk),
        Tool.named("touch", "Changes a resource.", any, this::touch),
        Tool.named("grow", "Offers one more tool.", any, this::grow),
        Tool.named("shrink", "Withdraws a tool.", any, this::shrink));
  }

  @Override
  protected List<Prompt> prompts() {
    return List.of(Prompt.named(
        "asking",
        "Asks first.",
        call -> name(call).map(answers -> PromptResult.described("x").user(text(answers)))));
  }

  @Override
  protected List<Resource> resources() {
    return List.of(
        Resource.at(
            "talk://asking",
            "asking",
            call -> name(call)
                .map(answers ->
                    List.of(ResourceContents.text(call.uri(), "text/plain", text(answers))))),
        Resource.at(
            WATCHED,
            "watched",
            call ->
                Future.succeededFuture(List.of(ResourceContents.text(WATCHED, "text/plain", "x")))),
        Resource.matching(
            "talk://letters/{letter}", "letter", call -> Future.succeededFuture(List.of())));
  }

  private static Future<Answers> name(Asking call) {
    return call.ask("name", form("What is your name?"));
  }

  private static Question form(String message) {
    return Question.form(message, Schema.object().text("name", "It").toJson());
  }

  private static String text(Answers answers) {
    var form = answers.form("name");
    return form == null ? "declined" : form.encode();
  }

  private static ToolResult echo(Answers answers) {
    return ToolResult.text(text(answers));
  }

  /** 1, 2, 1 once more, 3, and after the answer 4. */
  private Future<ToolResult> count(ToolCall call) {
    for (var step : new int[] {1, 2, 1, 3}) {
      call.progress(step, 3, call.text("word"));
    }
    vertx.runOnContext(after -> call.progress(4, 3, "too late"));
    return Future.succeededFuture(ToolResult.text("counted"));
  }

  private static Future<ToolResult> lines(ToolCall call) {
    for (var level : LogLevel.values()) {
      call.log(level, level.word());
    }
    return Future.succeededFuture(ToolResult.text("logged"));
  }

  private static Future<ToolResult> twice(ToolCall call) {
    return call.ask("first", form("First?"))
        .compose(first -> call.ask("second", form("Second?"))
            .map(second -> ToolResult.text(
                first.form("first").encode() + second.form("second").encode())));
  }

  private static Future<ToolResult> three(ToolCall call) {
    var questions =
        Map.of("name", form("?"), "words", Question.sample("Hi", 10), "roots", Question.roots());
    return call.ask(questions)
        .map(answers -> ToolResult.text(text(answers)
            + answers.text("words")
            + answers.of("roots").getJsonArray("roots").size()));
  }

  private static Future<ToolResult> countAsk(ToolCall call) {
    call.progress(1, 0, null);
    return name(call).map(answers -> {
      call.progress(1, 0, null);
      call.progress(2, 0, null);
      return echo(answers);
    });
  }

  private static Future<ToolResult> params(ToolCall call) {
    return Future.succeededFuture(ToolResult.text(call.origin().params().toString()));
  }

  private static Future<ToolResult> paramsAsk(ToolCall call) {
    var first = call.origin().params().toString();
    return name(call)
        .map(answers -> ToolResult.text(first + "\n" + call.origin().params().toString()));
  }

  private Future<ToolResult> hold(ToolCall call) {
    var waiting = Promise.<ToolResult>promise();
    begun.add("hold");
    held.add(waiting);
    call.cancelled().onSuccess(given -> givenUp.add("hold"));
    call.progress(1, 0, null);
    return waiting.future();
  }

  private Future<ToolResult> pause(ToolCall call) {
    call.pause();
    return hold(call);
  }

  private Future<ToolResult> patiently(ToolCall call) {
    call.cancelled().onSuccess(given -> givenUp.add("ask_patiently"));
    return name(call).map(TalkingTools::echo);
  }

  private Future<ToolResult> touch(ToolCall call) {
    resourceChanged(call.text("word", WATCHED), null);
    return Future.succeededFuture(ToolResult.text("touched"));
  }

  private Future<ToolResult> grow(ToolCall call) {
    var word = call.text("word");
    offer(Tool.named(word, "One more.", Schema.object(), c -> Future.succeededFuture()));
    return Future.succeededFuture(ToolResult.text("grown"));
  }

  private Future<ToolResult> shrink(ToolCall call) {
    withdraw(Tool.named(call.text("word"), "", Schema.object(), c -> Future.succeededFuture()));
    return Future.succeededFuture(ToolResult.text("shrunk"));
  }
}
