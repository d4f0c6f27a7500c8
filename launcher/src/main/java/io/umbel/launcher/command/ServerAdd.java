package io.umbel.launcher.command;

import io.umbel.launcher.client.ServerText;
import io.umbel.launcher.exit.Exit;
import io.umbel.launcher.exit.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers one upstream server. */
@Command(
    name = "add",
    description = "Register an upstream MCP server.",
    mixinStandardHelpOptions = true)
public final class ServerAdd implements Callable<Integer> {

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  @Mixin
  private ServerFlags flags;

  @Mixin
  private SecretFlags secret;

  @Parameters(index = "0", paramLabel = "NAME", description = "What to call it.")
  private String name;

  @Option(names = "--url", paramLabel = "URL", description = "Where it is.")
  private String url;

  @Option(
      names = "--command",
      paramLabel = "WORDS",
      description = "The process that it is, as one argument; the operator has to allow it.")
  private String command;

  @Option(names = "--env", paramLabel = "NAME=VALUE", description = "For that process.")
  private Map<String, String> variables = new LinkedHashMap<>();

  @Option(
      names = "--transport",
      paramLabel = "WORD",
      description = "http (default) or sse; stdio where there is a --command.")
  private String transport;

  @Option(
      names = "--namespace",
      paramLabel = "WORD",
      description = "What names of its tools begin with (default: made of NAME).")
  private String namespace;

  @Option(
      names = "--tools",
      paramLabel = "NAME[,NAME...]",
      split = ",",
      description = "Offer only these of its tools.")
  private List<String> tools = List.of();

  @Override
  public Integer call() {
    var server = server();
    var made = flags.servers().add(server);
    System.out.println(ServerText.added(made));
    return made.getString("status").equals("error") ? Exit.FAILED.status() : Exit.OK.status();
  }

  private JsonObject server() {
    if ((url == null) == (command == null)) {
      throw Refusal.usage("Give either --url URL or --command 'WORDS'");
    }
    var server = new JsonObject().put("name", name);
    if (url != null) {
      server.put("url", url).mergeIn(secret.read());
    } else {
      child(server);
    }
    if (transport != null) {
      server.put("transport", transport);
    }
    if (namespace != null) {
      server.put("namespace", namespace);
    }
    return tools.isEmpty() ? server : server.put("enabled_tools", new JsonArray(tools));
  }

  private void child(JsonObject server) {
    if (!secret.read().isEmpty()) {
      throw Refusal.usage("A process takes its secrets by --env, not by a header");
    }
    var words = words(command);
    if (words.isEmpty()) {
      throw Refusal.usage("--command is empty");
    }
    server.put("transport", "stdio").put("command", words.get(0));
    if (words.size() > 1) {
      server.put("args", new JsonArray(words.subList(1, words.size())));
    }
    if (!variables.isEmpty()) {
      server.put("env", new JsonObject(new LinkedHashMap<String, Object>(variables)));
    }
  }

  private static List<String> words(String line) {
    var words = new ArrayList<String>();
    var found = WORD.matcher(line);
    while (found.find()) {
      words.add(
          found.group(1) != null
              ? found.group(1)
              : found.group(2) != null ? found.group(2) : found.group(3));
    }
    return words;
  }
}
