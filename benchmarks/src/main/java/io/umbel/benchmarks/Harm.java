package io.umbel.benchmarks;

import io.umbel.benchmarks.load.Dialogue;
import io.umbel.benchmarks.load.Driver;
import io.umbel.benchmarks.load.Sample;
import io.umbel.benchmarks.subject.Started;
import io.umbel.benchmarks.subject.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code benchmarks/harm}: twenty upstream servers, five of them bad. Calls of the others are all
 * to be answered rightly, and about as fast as while nobody calls the bad ones.
 */
@Command(
    name = "benchmarks/harm",
    description = "Measures what bad upstream servers do to the others.",
    mixinStandardHelpOptions = true)
public final class Harm implements Callable<Integer> {

  private static final double MOST = 1.5;
  private static final int CONNECTIONS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(names = "--seconds", description = "How long each measurement takes.")
  private int seconds = 10;

  @Option(names = "--rounds", description = "How often each is measured.")
  private int rounds = 3;

  @Option(names = "--port", description = "The first of forty free ports on loopback.")
  private int port = 18500;

  @Option(names = "--root", hidden = true, description = "The repository.")
  private Path root = Path.of("");

  /** Measures, and ends with status 0 where nobody was harmed. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Harm()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    var subject = new Subjects(root.toAbsolutePath(), port).crowd(Crowd.from(port + 20));
    var logs = root.toAbsolutePath().resolve("benchmarks/target/run");
    var ratios = new ArrayList<Double>();
    var faults = 0L;
    try (var started = Started.start(subject, logs)) {
      System.out.printf("ready after %d ms%n", started.untilReady().toMillis());
      measure(subject);
      for (int round = 0; round < rounds; round++) {
        var alone = measure(subject);
        var among = amongBadOnes(subject);
        faults += alone.faults() + among.faults();
        ratios.add(among.millisAt99() / alone.millisAt99());
        tell(round, alone, among);
      }
    }
    var median = ratios.stream().sorted().toList().get(rounds / 2);
    var isWell = faults == 0 && median <= MOST;
    System.out.printf(
        "%s: %d calls of good servers failed; their p99 among bad ones is %.2f times that without%n",
        isWell ? "ok" : "FAILED", faults, median);
    return isWell ? 0 : 1;
  }

  /** What came of all good servers together. */
  private record Result(Histogram latency, long faults, String fault) {
    double millisAt99() {
      return latency.getValueAtPercentile(99) / 1e6;
    }
  }

  private static void tell(int round, Result alone, Result among) {
    System.out.printf(
        "round %d: without %d calls, p99 %.2f ms; among bad ones %d calls, p99 %.2f ms; failed %d %s%n",
        round + 1,
        alone.latency().getTotalCount(),
        alone.millisAt99(),
        among.latency().getTotalCount(),
        among.millisAt99(),
        alone.faults() + among.faults(),
        among.fault() == null ? "" : among.fault());
  }

  private Result amongBadOnes(Subject subject) throws Exception {
    try (var company = new BadCompany(subject.server().getPort())) {
      Crowd.from(port + 20).stream()
          .filter(one -> one.manners() != Manners.GOOD)
          .forEach(one -> company.join(dialogue(one)));
      return measure(subject);
    }
  }

  private Result measure(Subject subject) throws InterruptedException, ExecutionException {
    var good = Crowd.from(port + 20).stream()
        .filter(one -> one.manners() == Manners.GOOD)
        .toList();
    var threads = Executors.newFixedThreadPool(good.size());
    try {
      var running = threads.invokeAll(good.stream()
          .<Callable<Sample>>map(one -> () -> drive(subject, dialogue(one)))
          .toList());
      var samples = new ArrayList<Sample>();
      for (var one : running) {
        samples.add(one.get());
      }
      return together(samples);
    } finally {
      threads.shutdown();
    }
  }

  private Sample drive(Subject subject, Dialogue dialogue) throws IOException {
    try (var driver = new Driver(subject.server(), dialogue, CONNECTIONS, PATIENCE)) {
      return driver.run(Duration.ofSeconds(seconds));
    }
  }

  private static Result together(List<Sample> samples) {
    var latency = new Histogram(3);
    samples.forEach(sample -> latency.add(sample.latency()));
    var faults = samples.stream().mapToLong(sample -> sample.faults().count()).sum();
    var fault = samples.stream()
        .map(sample -> sample.faults().first())
        .filter(first -> first != null)
        .findFirst();
    return new Result(latency, faults, fault.orElse(null));
  }

  private static Dialogue dialogue(Crowd.Member one) {
    var path = "/mcp/servers/" + one.namespace();
    return Talks.modern(path, "echo", "\"Echo: " + Talks.MESSAGE + "\"").dialogue();
  }
}
