package io.umbel.benchmarks;

import io.umbel.tools.entities.builtin.BuiltIn;
import io.umbel.tools.entities.find.Wanted;
import io.umbel.tools.entities.settings.EntitiesFile;
import io.umbel.tools.entities.settings.EntitySettings;
import io.umbel.tools.entities.settings.EntityType;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code benchmarks/run --entities}: what a query of the built-in index of entities costs, by how
 * many there are. One query after the other, each of them right or the run has failed.
 */
@Command(
    name = "benchmarks/run --entities",
    description = "Measures queries among 1,000, 10,000 and 100,000 entities.",
    mixinStandardHelpOptions = true)
public final class Entities implements Callable<Integer> {

  private static final int[] SIZES = {1_000, 10_000, 100_000};
  private static final String SYLLABLES = "anbelcordemfirgolhunjarkelmironpultaves";
  private static final int PART = 3;
  private static final int WARM_UPS = 5;

  @Option(names = "--queries", description = "How many are measured of each kind.")
  private int queries = 300;

  @Option(names = "--root", hidden = true, description = "The repository.")
  private Path root = Path.of("");

  private final Vertx vertx = Vertx.vertx();

  /** What is asked, and for how it fits. */
  private enum Kind {
    EXACT("an e-mail address"),
    MISSPELT("a misspelt name"),
    COMMON("a name that a tenth has");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    private String query(int user, String name) {
      return switch (this) {
        case EXACT -> "u" + user + "@acme.example";
        case MISSPELT -> name.substring(0, name.length() - 1);
        case COMMON -> "family" + user % 10;
      };
    }
  }

  /** Measures, and ends with status 0 where all was found. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Entities()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    System.out.println("| query | entities | p50 ms | p99 ms | p50 ÷ that of 1,000 |");
    System.out.println("|---|--:|--:|--:|--:|");
    var work = Files.createDirectories(root.toAbsolutePath().resolve("benchmarks/target/entities"));
    var yardsticks = new EnumMap<Kind, Double>(Kind.class);
    for (var size : SIZES) {
      measure(work.resolve(String.valueOf(size)), size, yardsticks);
    }
    vertx.close().await();
    return 0;
  }

  private void measure(Path directory, int size, Map<Kind, Double> yardsticks) throws IOException {
    var names = write(directory, size);
    var settings = EntitiesFile.read(directory.resolve("entities.yaml"));
    var index = new BuiltIn(vertx, (EntitySettings.Files) settings.place(), settings.types());
    index.open().await();
    var type = settings.types().get(EntityType.USER);
    for (var kind : Kind.values()) {
      for (var i = 0; i < WARM_UPS; i++) {
        time(index, type, kind, names); // until the compiler has seen it
      }
      var times = time(index, type, kind, names);
      var p50 = times.getValueAtPercentile(50) / 1e6;
      yardsticks.putIfAbsent(kind, p50);
      System.out.printf(
          "| %s | %,d | %.2f | %.2f | %.1f |%n",
          kind.title, size, p50, times.getValueAtPercentile(99) / 1e6, p50 / yardsticks.get(kind));
    }
    index.close().await();
  }

  private Histogram time(BuiltIn index, EntityType type, Kind kind, List<String> names) {
    var random = new Random(5);
    var times = new Histogram(3);
    for (var i = 0; i < queries; i++) {
      var user = random.nextInt(names.size());
      var wanted = new Wanted(kind.query(user, names.get(user)), 0, 10, null, null);
      var begun = System.nanoTime();
      var found = index.find("acme", type, wanted).await();
      times.recordValue(System.nanoTime() - begun);
      if (found.hits().isEmpty()) {
        throw new IllegalStateException("Nothing was found for " + wanted.query());
      }
    }
    return times;
  }

  /** Users with names of three syllables and one of ten family names. */
  private static List<String> write(Path directory, int size) throws IOException {
    var random = new Random(1);
    var names = new ArrayList<String>();
    var rows = new StringBuilder("id,name,email\n");
    for (var i = 0; i < size; i++) {
      names.add(syllable(random) + syllable(random) + syllable(random));
      rows.append("%d,%s family%d,u%d@acme.example%n".formatted(i, names.get(i), i % 10, i));
    }
    var data = Files.createDirectories(directory.resolve("data/acme"));
    Files.writeString(data.resolve("user.csv"), rows);
    Files.writeString(
        directory.resolve("entities.yaml"), "backend: builtin\nbuiltin: {data: data}\n");
    return names;
  }

  private static String syllable(Random random) {
    var from = random.nextInt(SYLLABLES.length() / PART) * PART;
    return SYLLABLES.substring(from, from + PART);
  }
}
