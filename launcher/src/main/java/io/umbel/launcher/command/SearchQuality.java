package io.umbel.launcher.command;

import io.umbel.launcher.client.LabelledQueries;
import io.umbel.launcher.client.LabelledQueries.Ranks;
import io.umbel.launcher.client.McpClient;
import io.umbel.launcher.exit.Exit;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Searches for what is known to be there, and says at which place it is found. */
@Command(
    name = "quality",
    description = {
      "Search for what is known to be there, and say how soon it is found: the mean of 1/rank,",
      "1 where each is found first. Without --queries, for the issues of \"up --demo\"."
    },
    mixinStandardHelpOptions = true)
public final class SearchQuality implements Callable<Integer> {

  @Mixin
  private ClientFlags flags;

  @Option(
      names = "--queries",
      paramLabel = "FILE",
      description =
          "JSON: [{\"query\": \"late ferry\", \"expected\": [\"WEB-12\"]}]; any of those expected will do.")
  private Path file;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "fulltext, similarity, hybrid or auto (default: fulltext and auto).")
  private List<String> types = List.of("fulltext", "auto");

  @Option(names = "--all", description = "Say of each query at which place its answer is.")
  private boolean all;

  @Override
  public Integer call() {
    var queries = file == null ? LabelledQueries.ofTheDemo() : LabelledQueries.in(file);
    var client = flags.client();
    types.forEach(type -> say(client, queries, type));
    return Exit.OK.status();
  }

  private void say(McpClient client, LabelledQueries queries, String type) {
    var ranks = queries.ask(client, type);
    if (all) {
      ranks.lines().forEach(System.out::println);
    }
    System.out.println(summary(type, ranks));
  }

  private static String summary(String type, Ranks ranks) {
    return String.format(
        Locale.ROOT,
        "%-10s mean reciprocal rank %.3f, %d queries: %d first, %d among ten, %d not found",
        type,
        ranks.meanReciprocal(),
        ranks.size(),
        ranks.within(1),
        ranks.within(LabelledQueries.DEPTH),
        ranks.size() - ranks.within(LabelledQueries.DEPTH));
  }
}
