package io.umbel.tools.system;

import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.CallingGateway;
import io.umbel.contract.LoneNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** Shows one caller, and nobody else, some tools named tool-000, tool-001 and so on. */
final class ShowingGateway {

  static final JsonObject DEFINITION = new JsonObject("""
      {"name": "tool-000", "description": "Number 0", "x-any": [null, 1.5],
       "inputSchema": {"type": "object", "properties": {"a": {}}}}\
      """);

  private static final int LARGEST_PAGE = 200;

  private final int tools;
  private volatile String also;
  private final JsonObject dependencies = new JsonObject();
  private final CallerSeal seal;
  private final Queue<JsonObject> queries = new ConcurrentLinkedQueue<>();

  ShowingGateway(LoneNode node, int tools) {
    this.tools = tools;
    this.seal = new CallerSeal(node.node().secret(), node.clock());
    node.vertx()
        .eventBus()
        .consumer(CallingGateway.ADDRESS, this::receive)
        .completion()
        .await();
  }

  /** It depends on that from now on. */
  void dependsOn(String name, JsonObject probed) {
    dependencies.put(name, probed);
  }

  /** What it was asked, one after the other. */
  List<JsonObject> queries() {
    return List.copyOf(queries);
  }

  private void receive(Message<Buffer> message) {
    switch (message.headers().get(Header.OP)) {
      case "ping" -> message.reply(Buffer.buffer());
      case "catalog" -> answer(message);
      case "dependencies" -> message.reply(dependencies.toBuffer());
      default -> throw new AssertionError(message.headers());
    }
  }

  private void answer(Message<Buffer> message) {
    var caller = seal.open(message.headers().get(Header.CALLER), Bus.GATEWAY);
    var query = message.body().toJsonObject();
    queries.add(query);
    if (!caller.equals(CallingGateway.CALLER)) {
      message.fail(403, "another caller");
    } else if (query.containsKey("name")) {
      message.reply(show(query.getString("name")).toBuffer());
    } else if (!query.getString("kind", "tools").equals("tools")) {
      message.reply(other(query.getString("kind")).toBuffer());
    } else {
      message.reply(page(query.getInteger("offset"), query.getInteger("limit")).toBuffer());
    }
  }

  /** Shows that one too. */
  void showAlso(String tool) {
    also = tool;
  }

  private JsonObject show(String name) {
    var tool = new JsonObject()
        .put("definition", DEFINITION)
        .put("provider", "samples")
        .put("tags", new JsonArray().add("sample"));
    return name.equals("tool-000") || name.equals(also)
        ? new JsonObject().put("tool", tool)
        : new JsonObject();
  }

  /** Of each other kind there is one thing, named by it. */
  private static JsonObject other(String kind) {
    var one = new JsonArray().add(new JsonObject().put("name", kind));
    return new JsonObject().put(kind, one).put("total", 1).put("server", server());
  }

  private JsonObject page(int offset, int limit) {
    var page = new JsonArray();
    IntStream.range(offset, tools)
        .limit(Math.min(limit, LARGEST_PAGE))
        .forEach(number -> page.add(tool(number)));
    return new JsonObject().put("tools", page).put("total", tools).put("server", server());
  }

  static JsonObject tool(int number) {
    return new JsonObject()
        .put("name", "tool-%03d".formatted(number))
        .put("description", "Number " + number)
        .put("provider", "samples")
        .put("read_only", number % 2 == 0)
        .put("tags", new JsonArray().add("sample"));
  }

  private static JsonObject server() {
    return new JsonObject()
        .put("transports", new JsonObject().put("http", true).put("stdio", false))
        .put("http_path", "/mcp")
        .put("protocol_versions", new JsonArray().add("2026-07-28").add("2025-11-25"));
  }
}
