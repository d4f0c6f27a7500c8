package io.umbel.registry.upstream.stdio;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server over stdio that behaves as its first argument says; as a process of its own, started by
 * what is tested. The tool that is called says what happens next.
 */
final class ScriptedServer {

  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final BufferedReader IN =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private final String behaviour;

  private ScriptedServer(String behaviour) {
    this.behaviour = behaviour;
  }

  /** The command that starts one. */
  static List<String> command(String behaviour) {
    var command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
        "-cp",
        System.getProperty("java.class.path"),
        ScriptedServer.class.getName()));
    command.add(behaviour);
    return command;
  }

  public static void main(String[] arguments) throws Exception {
    var server = new ScriptedServer(arguments[0]);
    if (arguments[0].equals("stillborn")) {
      System.exit(7);
    }
    for (var line = IN.readLine(); line != null; line = IN.readLine()) {
      server.receive(new JsonObject(line));
    }
    if (arguments[0].equals("clinging")) {
      Thread.sleep(1_000_000);
    }
  }

  private void receive(JsonObject message) throws IOException {
    var method = message.getString("method", "");
    var params = message.getJsonObject("params", new JsonObject());
    switch (method) {
      case "server/discover" -> discover(message);
      case "initialize" -> initialize(message);
      case "tools/call" -> call(message, params);
      case "ping", "resources/subscribe", "resources/unsubscribe" -> subscribed(message, params);
      default -> {
        if (message.containsKey("id")) {
          error(message, -32601, "Method not found");
        }
      }
    }
  }

  private void discover(JsonObject message) {
    switch (behaviour) {
      case "stateless" ->
        result(
            message,
            new JsonObject()
                .put("resultType", "complete")
                .put("supportedVersions", new JsonArray().add("2026-07-28"))
                .put("capabilities", new JsonObject()));
      case "dying" -> System.exit(9);
      case "silent", "mute" -> {}
      default -> error(message, -32601, "Method not found");
    }
  }

  private void initialize(JsonObject message) {
    if (behaviour.equals("mute")) {
      return;
    }
    if (behaviour.equals("stateless")) {
      error(message, -32022, "Unsupported protocol version");
      return;
    }
    var resources = new JsonObject().put("subscribe", true);
    result(
        message,
        new JsonObject()
            .put("protocolVersion", "2025-06-18")
            .put("serverInfo", new JsonObject().put("name", behaviour))
            .put("capabilities", new JsonObject().put("resources", resources)));
  }

  private void subscribed(JsonObject message, JsonObject params) {
    result(message, new JsonObject());
    if (params.containsKey("uri")) {
      System.err.println(message.getString("method") + " " + params.getString("uri"));
    }
  }

  private void call(JsonObject message, JsonObject params) throws IOException {
    switch (params.getString("name")) {
      case "where" ->
        text(
            message,
            Path.of("").toAbsolutePath() + " " + ProcessHandle.current().pid());
      case "environment" -> result(message, new JsonObject().put("env", environment()));
      case "ask" -> text(message, ask(params));
      case "exit" -> System.exit(3);
      case "hang" -> {}
      case "large" -> text(message, "x".repeat(3 * 1024 * 1024 / 2));
      case "chatter" -> {
        OUT.println("Starting up...");
        OUT.println("{\"neither\": \"request nor answer\"}");
        text(message, "chattered");
      }
      case "flood" -> {
        var line = "f".repeat(1000);
        for (var i = 0; i < 20_000; i++) {
          System.err.println(line);
        }
        text(message, "flooded");
      }
      case "change" -> {
        notify("notifications/tools/list_changed", new JsonObject());
        notify("notifications/resources/updated", new JsonObject().put("uri", "file:///a"));
        text(message, "changed");
      }
      case "blurt" -> {
        System.err.println(System.getenv("SECRET") + " \u001b[31mred");
        text(message, "blurted");
      }
      default ->
        text(message, params.getJsonObject("arguments", new JsonObject()).encode());
    }
  }

  private static JsonObject environment() {
    var all = new JsonObject();
    System.getenv().forEach(all::put);
    return all;
  }

  private static String ask(JsonObject params) throws IOException {
    var method = params.getJsonObject("arguments").getString("method");
    var question = new JsonObject().put("message", "Who?");
    OUT.println(new JsonObject()
        .put("jsonrpc", "2.0")
        .put("id", "q1")
        .put("method", method)
        .put("params", question)
        .encode());
    var answer = new JsonObject(IN.readLine());
    answer.remove("jsonrpc");
    return answer.encode();
  }

  private static void notify(String method, JsonObject params) {
    OUT.println(new JsonObject()
        .put("jsonrpc", "2.0")
        .put("method", method)
        .put("params", params)
        .encode());
  }

  private static void text(JsonObject message, String text) {
    var block = new JsonObject().put("type", "text").put("text", text);
    result(message, new JsonObject().put("content", new JsonArray().add(block)));
  }

  /** As the TypeScript SDK writes it: the id comes last. */
  private static void result(JsonObject message, JsonObject result) {
    OUT.println(new JsonObject()
        .put("result", result)
        .put("jsonrpc", "2.0")
        .put("id", message.getValue("id"))
        .encode());
  }

  private static void error(JsonObject message, int code, String text) {
    OUT.println(new JsonObject()
        .put("jsonrpc", "2.0")
        .put("id", message.getValue("id"))
        .put("error", new JsonObject().put("code", code).put("message", text))
        .encode());
  }
}
