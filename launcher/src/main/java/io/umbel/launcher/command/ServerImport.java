package io.umbel.launcher.command;

import io.umbel.launcher.client.ClientFile;
import io.umbel.launcher.client.Imported;
import io.umbel.launcher.client.ServerText;
import io.umbel.launcher.client.UpstreamServers;
import io.umbel.launcher.exit.Exit;
import io.umbel.launcher.exit.Refusal;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers what a desktop client has. */
@Command(
    name = "import",
    description = {
      "Register the servers of a desktop client's file: mcp.json, claude_desktop_config.json,",
      "the same of Cursor and VS Code. What cannot be registered is told, the rest is."
    },
    mixinStandardHelpOptions = true)
public final class ServerImport implements Callable<Integer> {

  @Mixin
  private ServerFlags flags;

  @Parameters(index = "0", paramLabel = "FILE", description = "The client's file.")
  private Path file;

  @Option(names = "--dry-run", description = "Only say what would be registered.")
  private boolean dry;

  @Override
  public Integer call() {
    var found = ClientFile.read(file).servers();
    if (found.isEmpty()) {
      throw Refusal.failed("There are no servers in " + file);
    }
    var servers = dry ? null : flags.servers();
    var done = found.entrySet().stream().filter(each -> register(servers, each)).count();
    System.out.println(done + " of " + found.size() + (dry ? " can be" : " are") + " registered");
    return done == found.size() ? Exit.OK.status() : Exit.FAILED.status();
  }

  private static boolean register(UpstreamServers servers, Map.Entry<String, JsonObject> each) {
    var name = each.getKey();
    try {
      var server = new Imported(name, each.getValue(), System::getenv).server();
      System.out.println(
          servers == null
              ? name + ": " + server.getString("url", server.getString("command"))
              : ServerText.added(servers.add(server)));
      return true;
    } catch (Refusal e) {
      if (e.exit() != Exit.FAILED) {
        throw e; // no gateway, or no token: the next one would fare no better
      }
      System.out.println(name + " is not registered: " + e.getMessage());
      return false;
    }
  }
}
