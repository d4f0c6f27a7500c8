package io.umbel.tools.compliance.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A metric of the operator's: known checks, with weights of their own. */
public final class OwnMetric {

  private static final Map<String, Check> KNOWN = known();

  /**
   * One check of it.
   *
   * @param id of one that is known
   * @param weight how much it counts
   * @param label what it is called here, or null for what it is called elsewhere
   * @param suggestion what to do where it is not met, or null for what is said elsewhere
   */
  public record Chosen(String id, double weight, String label, String suggestion) {}

  private OwnMetric() {}

  /** The ids of all checks. */
  public static List<String> knownChecks() {
    return List.copyOf(KNOWN.keySet());
  }

  /**
   * A metric of these checks.
   *
   * @param more what else defines it; empty for nothing
   */
  public static Metric of(
      String id, String name, String shortName, List<Chosen> chosen, String more) {
    var checks = chosen.stream().map(OwnMetric::weighted).toList();
    return new Metric(id, name, shortName, checks, Metric.ALL_MET, digest(chosen + more));
  }

  private static Metric.Weighted weighted(Chosen chosen) {
    var known = KNOWN.get(chosen.id());
    var check = new Check(
        known.id(),
        chosen.label() == null ? known.label() : chosen.label(),
        chosen.suggestion() == null ? known.advice() : chosen.suggestion(),
        known.look(),
        known.concerns());
    return new Metric.Weighted(check, chosen.weight());
  }

  /** Another definition is another digest. */
  private static String digest(String definition) {
    return UUID.nameUUIDFromBytes(definition.getBytes(UTF_8)).toString();
  }

  private static Map<String, Check> known() {
    var known = new LinkedHashMap<String, Check>();
    Stream.of(Metric.DOR, Metric.INVEST, Metric.RISK)
        .flatMap(metric -> metric.checks().stream())
        .map(Metric.Weighted::check)
        .forEach(check -> known.put(check.id(), check));
    return known;
  }
}
