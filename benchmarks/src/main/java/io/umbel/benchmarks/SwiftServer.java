package io.umbel.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * An MCP server of revision 2026-07-28 that does next to nothing: what a gateway in front of it
 * costs is seen best there. Its one tool, {@code echo}, says what it is told.
 */
public final class SwiftServer {

  private static final String SAYS = "Echo: ";

  private SwiftServer() {}

  /**
   * Listens on loopback until it is killed.
   *
   * @param args the port
   */
  public static void main(String[] args) {
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(
            request -> request.body().onSuccess(body -> answer(request.response(), body)))
        .listen(Integer.parseInt(args[0]), "127.0.0.1")
        .onFailure(SwiftServer::exit);
  }

  /** Answers a POST as that server does. */
  static void answer(HttpServerResponse response, Buffer body) {
    var answer = answer(body.toJsonObject());
    if (answer == null) {
      response.setStatusCode(202).end();
    } else {
      response.putHeader("Content-Type", "application/json").end(answer);
    }
  }

  private static Buffer answer(JsonObject message) {
    if (!message.containsKey("id")) {
      return null;
    }
    var answer = new JsonObject().put("jsonrpc", "2.0").put("id", message.getValue("id"));
    var result = result(message);
    return (result == null
            ? answer.put("error", JsonObject.of("code", -32601, "message", "Method not found"))
            : answer.put("result", result.put("resultType", "complete")))
        .toBuffer();
  }

  private static JsonObject result(JsonObject message) {
    return switch (message.getString("method")) {
      case "server/discover" ->
        kept(new JsonObject()
            .put("supportedVersions", new JsonArray().add("2026-07-28"))
            .put("capabilities", JsonObject.of("tools", new JsonObject())));
      case "tools/list" -> kept(new JsonObject().put("tools", new JsonArray().add(echo())));
      case "tools/call" -> said(message);
      default -> null;
    };
  }

  private static JsonObject kept(JsonObject result) {
    return result.put("ttlMs", 60_000).put("cacheScope", "public");
  }

  private static JsonObject said(JsonObject message) {
    var arguments = message.getJsonObject("params").getJsonObject("arguments");
    var text = JsonObject.of("type", "text", "text", SAYS + arguments.getString("message"));
    return new JsonObject().put("content", new JsonArray().add(text));
  }

  private static JsonObject echo() {
    return new JsonObject()
        .put("name", "echo")
        .put("description", "Says what it is told.")
        .put(
            "inputSchema",
            new JsonObject()
                .put("type", "object")
                .put("properties", JsonObject.of("message", JsonObject.of("type", "string"))));
  }

  private static void exit(Throwable failure) {
    System.err.println(failure);
    System.exit(1);
  }
}
