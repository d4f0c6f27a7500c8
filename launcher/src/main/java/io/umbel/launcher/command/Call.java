package io.umbel.launcher.command;

import io.umbel.launcher.client.Arguments;
import io.umbel.launcher.client.McpClient;
import io.umbel.launcher.client.Shown;
import io.umbel.launcher.exit.Exit;
import io.umbel.launcher.exit.Refusal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Calls one tool of a running gateway. */
@Command(
    name = "call",
    description = "Call a tool of a running gateway.",
    mixinStandardHelpOptions = true)
public final class Call implements Callable<Integer> {

  @Mixin
  private ClientFlags flags;

  @Parameters(index = "0", paramLabel = "NAME", description = "The tool.")
  private String name;

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      description = "Its arguments; numbers, flags and lists as the tool's schema says.")
  private List<String> pairs = List.of();

  @Option(names = "--json", paramLabel = "OBJECT", description = "All arguments as a JSON object.")
  private String json;

  @Override
  public Integer call() {
    var client = flags.client();
    var result = client.call(name, arguments(client)).await();
    if (result.getBoolean("isError", false)) {
      throw Refusal.failed(Shown.failure(result));
    }
    System.out.println(Shown.result(result));
    return Exit.OK.status();
  }

  private JsonObject arguments(McpClient client) {
    if (json == null) {
      return Arguments.of(definition(client)).read(pairs);
    }
    if (!pairs.isEmpty()) {
      throw Refusal.usage("Give arguments as key=value or by --json, not both");
    }
    try {
      return new JsonObject(json);
    } catch (DecodeException e) {
      throw Refusal.usage("--json is not a JSON object: " + Refusal.reason(e));
    }
  }

  /** An unknown tool has none; the gateway says so when it is called. */
  private JsonObject definition(McpClient client) {
    return client.tools().await().stream()
        .filter(tool -> name.equals(tool.getString("name")))
        .findFirst()
        .orElseGet(JsonObject::new);
  }
}
