package io.umbel.launcher.command;

import io.umbel.launcher.exit.Exit;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Approve what changed of one: these names, or everything. */
@Command(
    name = "approve",
    description = "Approve what changed of one: these names, or everything.",
    mixinStandardHelpOptions = true)
public final class ServerApprove implements Callable<Integer> {

  @Mixin
  private ServerFlags flags;

  @Parameters(index = "0", paramLabel = "NAME", description = "Its name or namespace.")
  private String name;

  @Parameters(index = "1..*", paramLabel = "TOOL", description = "By the server's own names.")
  private List<String> names = List.of();

  @Override
  public Integer call() {
    var body = JsonObject.of("names", new JsonArray(names));
    var done = flags.servers().post(name, "approve", body);
    var approved = done.getJsonArray("approved").stream().map(String::valueOf).toList();
    System.out.println(
        approved.isEmpty()
            ? "Nothing of " + name + " waits to be approved"
            : "Approved: " + String.join(", ", approved));
    return Exit.OK.status();
  }
}
