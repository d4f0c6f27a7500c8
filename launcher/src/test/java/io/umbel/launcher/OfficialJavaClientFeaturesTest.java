package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest.CompleteArgument;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.SubscribeRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Completion;
import io.umbel.contract.LogLevel;
import io.umbel.contract.Node;
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
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.GatewaySettings.Listening;
import io.umbel.gateway.GatewayVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the protocol has beyond plain calls, with the Java SDK of the protocol's authors. */
class OfficialJavaClientFeaturesTest {

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<ProgressNotification> progress = new LinkedBlockingQueue<>();
  private final BlockingQueue<LoggingMessageNotification> lines = new LinkedBlockingQueue<>();
  private final BlockingQueue<List<String>> lists = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> updates = new LinkedBlockingQueue<>();
  private McpSyncClient client;

  @BeforeEach
  void connect() {
    var about = new Node.About("umbel", "1.2.3", "test");
    new Node(Node.ALONE, ClusterSecret.random(), Clock.systemUTC(), about).installOn(vertx);
    vertx.deployVerticle(new TalkativeTools()).await();
    var settings = GatewaySettings.defaults()
        .listeningOn(new Listening("127.0.0.1", 0, "/mcp"))
        .expecting(Set.of("talkative"));
    var gateway = new GatewayVerticle(settings, new SimpleMeterRegistry());
    vertx.deployVerticle(gateway).await();
    var url = "http://127.0.0.1:" + gateway.port();
    client = McpClient.sync(
            HttpClientStreamableHttpTransport.builder(url).endpoint("/mcp").build())
        .requestTimeout(Duration.ofSeconds(20))
        .capabilities(ClientCapabilities.builder().elicitation().sampling().build())
        .elicitation(OfficialJavaClientFeaturesTest::fillIn)
        .sampling(OfficialJavaClientFeaturesTest::complete)
        .progressConsumer(progress::add)
        .loggingConsumer(lines::add)
        .toolsChangeConsumer(
            tools -> lists.add(tools.stream().map(tool -> tool.name()).toList()))
        .resourcesUpdateConsumer(changed -> changed.forEach(one -> updates.add(one.uri())))
        .build();
    client.initialize();
  }

  @AfterEach
  void close() {
    client.closeGracefully();
    vertx.close().await();
  }

  @Test
  void hearsOfTheProgressOfACall() throws InterruptedException {
    var call =
        CallToolRequest.builder("report").arguments(Map.of()).progressToken("p").build();
    client.callTool(call);

    // This client hands notifications to several threads: it may tell of the second one first.
    var both = Stream.of(next(progress), next(progress))
        .sorted(Comparator.comparing(ProgressNotification::progress))
        .toList();
    assertThat(both).extracting(ProgressNotification::progress).containsExactly(50.0, 100.0);
    var first = both.get(0);
    assertThat(first.progressToken()).isEqualTo("p");
    assertThat(first.total()).isEqualTo(100);
    assertThat(first.message()).isEqualTo("Half");
  }

  @Test
  void hearsLogLinesOfTheLevelItAskedFor() throws InterruptedException {
    client.setLoggingLevel(LoggingLevel.INFO);
    call("report", Map.of());

    var line = next(lines);
    assertThat(line.level()).isEqualTo(LoggingLevel.WARNING);
    assertThat(line.data()).isEqualTo("Nearly there");
    assertThat(lines).isEmpty();
  }

  @Test
  void hasItsUserFillInAForm() {
    assertThat(call("greet", Map.of())).isEqualTo("Hello, Ada!");
  }

  @Test
  void hasItsModelCompleteAMessage() {
    assertThat(call("think", Map.of("about", "rain"))).isEqualTo("Thought: rain, indeed");
  }

  @Test
  void getsAPromptAndWhatItsArgumentMayBe() {
    assertThat(client.listPrompts().prompts()).extracting(one -> one.name()).contains("tour");

    var request =
        GetPromptRequest.builder("tour").arguments(Map.of("city", "Paris")).build();
    var said = (TextContent) client.getPrompt(request).messages().get(0).content();
    assertThat(said.text()).isEqualTo("Show me Paris");

    var city = new CompleteArgument("city", "p");
    var completed = client.completeCompletion(
        CompleteRequest.builder(PromptReference.builder("tour").build(), city).build());
    assertThat(completed.completion().values()).containsExactly("Paris", "Porto");
  }

  @Test
  void readsAResourceAndOneByItsTemplate() {
    assertThat(client.listResources().resources())
        .extracting(one -> one.uri())
        .contains("talk://note");
    assertThat(client.listResourceTemplates().resourceTemplates())
        .extracting(one -> one.uriTemplate())
        .contains("talk://notes/{id}");

    assertThat(read("talk://note")).isEqualTo("A note");
    assertThat(read("talk://notes/7")).isEqualTo("Note 7");
  }

  @Test
  void hearsOfAResourceThatChangesAndOfAToolMore() throws InterruptedException {
    client.subscribeResource(SubscribeRequest.builder("talk://note").build());
    call("change", Map.of());

    assertThat(next(updates)).isEqualTo("talk://note");
    assertThat(next(lists)).contains("added");
  }

  private String call(String tool, Map<String, Object> arguments) {
    var result =
        client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
    return ((TextContent) result.content().get(0)).text();
  }

  private String read(String uri) {
    var contents = client.readResource(ReadResourceRequest.builder(uri).build()).contents();
    return ((TextResourceContents) contents.get(0)).text();
  }

  private static <T> T next(BlockingQueue<T> heard) throws InterruptedException {
    var next = heard.poll(10, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private static ElicitResult fillIn(ElicitFormRequest form) {
    assertThat(form.message()).isEqualTo("Who are you?");
    return ElicitResult.builder(ElicitResult.Action.ACCEPT)
        .content(Map.of("name", "Ada"))
        .build();
  }

  private static CreateMessageResult complete(CreateMessageRequest request) {
    var asked = (TextContent) request.messages().get(0).content();
    return CreateMessageResult.builder(Role.ASSISTANT, asked.text() + ", indeed", "none")
        .build();
  }

  /** The provider {@code talkative}: of everything one. */
  public static final class TalkativeTools extends ToolVerticle {

    private static final String NOTE = "talk://note";

    @Override
    protected List<Tool> tools() {
      var nothing = Schema.object();
      var about = Schema.object().text("about", "What to think about").require("about");
      return List.of(
          Tool.named("report", "Reports.", nothing, this::report),
          Tool.named("greet", "Greets.", nothing, this::greet),
          Tool.named("think", "Thinks.", about, this::think),
          Tool.named("change", "Changes.", nothing, this::change));
    }

    @Override
    protected List<Prompt> prompts() {
      return List.of(Prompt.named(
              "tour",
              "A tour.",
              call -> Future.succeededFuture(
                  PromptResult.described("A tour").user("Show me " + call.text("city"))))
          .argument("city", "Where", true)
          .completing("city", Completion.of("Paris", "Porto", "Rome")));
    }

    @Override
    protected List<Resource> resources() {
      return List.of(
          Resource.at(NOTE, "note", call -> text(NOTE, "A note")),
          Resource.matching(
              "talk://notes/{id}",
              "notes",
              call -> text(call.uri(), "Note " + call.variable("id"))));
    }

    private static Future<List<JsonObject>> text(String uri, String text) {
      return Future.succeededFuture(List.of(ResourceContents.text(uri, "text/plain", text)));
    }

    private Future<ToolResult> report(ToolCall call) {
      call.log(LogLevel.DEBUG, "Nobody wants to know");
      call.log(LogLevel.WARNING, "Nearly there");
      call.progress(50, 100, "Half");
      call.progress(100, 100, "All");
      return Future.succeededFuture(ToolResult.text("Reported"));
    }

    private Future<ToolResult> greet(ToolCall call) {
      var name = Schema.object().text("name", "A name").require("name").toJson();
      name.remove("additionalProperties");
      return call.ask("who", Question.form("Who are you?", name))
          .map(answers -> ToolResult.text("Hello, " + answers.form("who").getString("name") + "!"));
    }

    private Future<ToolResult> think(ToolCall call) {
      return call.ask("thought", Question.sample(call.text("about"), 10))
          .map(answers -> ToolResult.text("Thought: " + answers.text("thought")));
    }

    private Future<ToolResult> change(ToolCall call) {
      resourceChanged(NOTE, null);
      offer(Tool.named("added", "Was added.", Schema.object(), this::report));
      return Future.succeededFuture(ToolResult.text("Changed"));
    }
  }
}
