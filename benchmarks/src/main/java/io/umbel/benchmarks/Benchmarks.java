package io.umbel.benchmarks;

import io.umbel.benchmarks.report.JsonReport;
import io.umbel.benchmarks.report.Machine;
import io.umbel.benchmarks.report.Results;
import io.umbel.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code benchmarks/run}: measures, and prints the table that the README shows. */
@Command(
    name = "benchmarks/run",
    description = "Measures what Umbel costs beside a raw Vert.x HTTP echo.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class Benchmarks implements Callable<Integer> {

  @Option(
      names = "--quick",
      description = "A minute and a half: to see whether a change slows it down.")
  private boolean quick;

  @Option(names = "--seconds", description = "How long each measurement takes.")
  private Integer seconds;

  @Option(names = "--rounds", description = "How often each row is measured.")
  private Integer rounds;

  @Option(
      names = "--only",
      paramLabel = "ROW",
      description =
          "This row and its yardstick, without start times; clustered* is all that begin so. Repeatable.")
  private List<String> only;

  @Option(names = "--port", description = "The first of twelve free ports on loopback.")
  private int port = 18400;

  @Option(names = "--root", hidden = true, description = "The repository.")
  private Path root = Path.of("");

  /** Measures, and ends with status 0 where every answer was right. */
  public static void main(String[] args) {
    var command = new CommandLine(new Benchmarks());
    System.exit(command.setExecutionExceptionHandler(Benchmarks::fail).execute(args));
  }

  /** What went wrong is said by what ended or answered wrongly, not by where that was noticed. */
  private static int fail(Exception failure, CommandLine command, ParseResult parsed) {
    command.getErr().println(failure);
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var subjects = new Subjects(root.toAbsolutePath(), port);
    var rows = chosen(Rows.load(subjects));
    var results = new Results(rows.stream().map(Row::line).toList());
    var campaign = new Campaign(plan(), target().resolve("run"), System.err);
    if (only == null) {
      campaign.starts(Rows.starts(subjects), results);
    }
    campaign.load(rows, results);
    write(results);
    return 0;
  }

  private Plan plan() {
    var plan = quick ? Plan.quick() : Plan.thorough();
    plan = seconds == null ? plan : plan.stretches(Duration.ofSeconds(seconds));
    return rounds == null ? plan : plan.rounds(rounds);
  }

  private List<Row> chosen(List<Row> all) {
    if (only == null) {
      return all;
    }
    var yardsticks =
        all.stream().filter(this::isWanted).map(Row::yardstick).collect(Collectors.toSet());
    if (yardsticks.isEmpty()) {
      var names = all.stream().map(Row::name).collect(Collectors.joining(", "));
      throw new ParameterException(new CommandLine(this), "No such row; there are " + names);
    }
    return all.stream()
        .filter(row -> isWanted(row) || yardsticks.contains(row.name()))
        .toList();
  }

  private boolean isWanted(Row row) {
    return only.stream()
        .anyMatch(wanted -> wanted.endsWith("*")
            ? row.name().startsWith(wanted.substring(0, wanted.length() - 1))
            : row.name().equals(wanted));
  }

  private void write(Results results) throws IOException {
    System.out.println(new Table(results).markdown());
    System.out.println(Machine.sentence() + "; " + plan().sentence());
    var file = target().resolve("results.json");
    Files.writeString(file, new JsonReport(results).json(plan().json()).encodePrettily());
  }

  private Path target() {
    return root.toAbsolutePath().resolve("benchmarks/target");
  }
}
