package io.umbel.benchmarks.report;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What the figures were measured on: without it they mean little. */
public final class Machine {

  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*: (.*)$");
  private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s*(\\d+) kB$");

  private Machine() {}

  /** The facts. */
  public static JsonObject facts() {
    return new JsonObject()
        .put("cores", Runtime.getRuntime().availableProcessors())
        .put("processor", find(MODEL, "/proc/cpuinfo"))
        .put("memory_gib", gibibytes(find(MEMORY, "/proc/meminfo")))
        .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
  }

  /** The facts as a sentence. */
  public static String sentence() {
    var facts = facts();
    return "%d cores (%s), %s GiB, %s, %s"
        .formatted(
            facts.getInteger("cores"),
            facts.getString("processor"),
            facts.getString("memory_gib"),
            facts.getString("system"),
            facts.getString("java"));
  }

  private static String gibibytes(String kibibytes) {
    return kibibytes.equals("unknown")
        ? kibibytes
        : Long.toString(Math.round(Long.parseLong(kibibytes) / 1024.0 / 1024.0));
  }

  private static String find(Pattern pattern, String file) {
    try {
      var matcher = pattern.matcher(Files.readString(Path.of(file)));
      return matcher.find() ? matcher.group(1) : "unknown";
    } catch (IOException e) {
      return "unknown";
    }
  }
}
