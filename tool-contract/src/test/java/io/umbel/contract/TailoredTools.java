package io.umbel.contract;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A family that has one tool for everyone, and for each caller tools that nobody else has. */
public final class TailoredTools extends TailoredToolVerticle {

  /** Whom it was asked about, in order. */
  public final Queue<Caller> asked = new ConcurrentLinkedQueue<>();

  /** What the accounts call their form; "form" where they say nothing. */
  public final Map<String, String> words = new ConcurrentHashMap<>();

  /** How it answers instead, the first one first. */
  public final Queue<Future<Provision>> instead = new ConcurrentLinkedQueue<>();

  public final AtomicInteger calls = new AtomicInteger();

  private final Duration keepFor;
  private final Duration orElseFor;

  /** One whose provisions are kept as usual. */
  public TailoredTools() {
    this(Provision.USUAL, Duration.ZERO);
  }

  public TailoredTools(Duration keepFor, Duration orElseFor) {
    this.keepFor = keepFor;
    this.orElseFor = orElseFor;
  }

  /** An account calls its form otherwise from now on. */
  public void rename(String account, String word) {
    words.put(account, word);
    changed(account);
  }

  /** Where this instance takes its calls. */
  public String address() {
    return instance().address();
  }

  /** Says that it has changed: for that account, or for all. */
  public void changed(String account) {
    provisionChanged(account);
  }

  /** A resource has changed: of whoever has it. */
  public void touched(String uri) {
    resourceChanged(uri, null);
  }

  @Override
  protected List<Tool> tools() {
    return List.of(marked(Tool.named(
        "whoami",
        "Says who calls.",
        Schema.object(),
        call -> Future.succeededFuture(ToolResult.text(call.caller().subject())))));
  }

  @Override
  protected Future<Provision> provide(Caller caller) {
    asked.add(caller);
    var other = instead.poll();
    return other == null ? Future.succeededFuture(of(caller)) : other;
  }

  /** Says for whom it was asked what. */
  @Override
  protected Future<JsonObject> manage(Caller caller, JsonObject request) {
    var who = caller.account() + "/" + caller.subject();
    return Future.succeededFuture(
        JsonObject.of("status", 200, "body", JsonObject.of("by", who, "asked", request)));
  }

  /** What that caller has: a form with a field of the caller's own, and a tool named so. */
  private Provision of(Caller caller) {
    var word = words.getOrDefault(caller.account(), "form");
    var subject = caller.subject();
    var input =
        Schema.object().text(subject + "_field", "Only this caller's").require(subject + "_field");
    return Provision.of(List.of(
            marked(Tool.named(word, "The form of " + subject, input, this::fill)),
            marked(Tool.named("only_" + subject, "For " + subject, Schema.object(), this::only))))
        .withPrompts(Prompt.named(
            "of_" + subject,
            "For " + subject,
            call -> Future.succeededFuture(PromptResult.described("x").user(subject))))
        .withResources(Resource.at(
            "own://" + subject,
            subject,
            call -> Future.succeededFuture(
                List.of(ResourceContents.text(call.uri(), "text/plain", subject)))))
        .keptFor(keepFor)
        .orElseFor(orElseFor);
  }

  private Future<ToolResult> fill(ToolCall call) {
    calls.incrementAndGet();
    return Future.succeededFuture(ToolResult.of(new JsonObject()
        .put("by", call.caller().account() + "/" + call.caller().subject())
        .put("given", call.arguments())));
  }

  private Future<ToolResult> only(ToolCall call) {
    calls.incrementAndGet();
    return Future.succeededFuture(ToolResult.text(call.caller().subject()));
  }

  private static Tool marked(Tool tool) {
    return tool.readOnly().openWorld(false).tagged("tailored");
  }
}
