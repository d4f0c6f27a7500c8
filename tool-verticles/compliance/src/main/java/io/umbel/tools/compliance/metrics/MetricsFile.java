package io.umbel.tools.compliance.metrics;

import io.umbel.tools.compliance.rules.Metric;
import io.umbel.tools.compliance.rules.OwnMetric;
import io.umbel.tools.compliance.rules.OwnMetric.Chosen;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** A file of the operator's own metrics: {@code docs/compliance.md} has an example. Blocks. */
public final class MetricsFile {

  private static final int MOST_CHARACTERS = 256 * 1024;
  private static final int MOST_METRICS = 50;
  private static final int MOST_CHECKS = 50;
  private static final double MOST_WEIGHT = 1000;

  private static final int MOST_OF_A_PROMPT = 8_000;

  private static final List<String> TOP = List.of("metrics");
  private static final List<String> METRIC =
      List.of("id", "name", "short_name", "checks", "prompts");
  private static final List<String> PROMPTS = List.of("estimate", "improve");
  private static final List<String> CHECK = List.of("id", "weight", "label", "suggestion");

  private final String file;
  private final Set<String> taken = new HashSet<>();
  private final Map<String, OwnPrompts> prompts = new HashMap<>();

  private MetricsFile(String file) {
    this.file = file;
    Metrics.OURS.all().forEach(this::take);
  }

  /**
   * Our metrics and those of that file.
   *
   * @throws MetricsRefusal if it cannot be used; it names the line
   */
  public static Metrics read(Path path) {
    try {
      return of(path.toString(), Files.readString(path));
    } catch (IOException e) {
      throw new MetricsRefusal(path.toString(), "cannot be read: " + e.getMessage());
    }
  }

  /** The same of a file whose text is known. */
  static Metrics of(String file, String text) {
    var read = new MetricsFile(file);
    return Metrics.OURS.with(read.metrics(text), read.prompts);
  }

  private List<Metric> metrics(String text) {
    var metrics = new ArrayList<Metric>();
    var top = parsed(text);
    for (var entry : required(top, top.members(TOP), "metrics").entries(MOST_METRICS)) {
      metrics.add(metric(entry));
    }
    return metrics;
  }

  private Yaml parsed(String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setMaxAliasesForCollections(0);
    try {
      var node = new org.yaml.snakeyaml.Yaml(options).compose(new StringReader(text));
      if (node == null) {
        throw new MetricsRefusal(file, 1, "expected metrics");
      }
      return new Yaml(file, node);
    } catch (MarkedYAMLException e) {
      var line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
      throw new MetricsRefusal(file, line + 1, e.getProblem());
    } catch (YAMLException e) {
      throw new MetricsRefusal(file, e.getMessage());
    }
  }

  private Metric metric(Yaml entry) {
    var members = entry.members(METRIC);
    var id = required(entry, members, "id")
        .text(matching("[a-z][a-z0-9_]{0,63}"), "an id such as team_ready_v1");
    var name = required(entry, members, "name").text(matching("\\S.{0,99}"), "a name");
    var shortName = required(entry, members, "short_name")
        .text(matching("[A-Za-z][A-Za-z0-9_-]{0,31}"), "a word such as Team");
    var own = prompts(members.get("prompts"));
    var more = own == OwnPrompts.NONE ? "" : own.toString();
    var metric = OwnMetric.of(id, name, shortName, checks(entry, members), more);
    prompts.put(id, own);
    if (!take(metric)) {
      throw entry.refused("a metric of that id or short_name is there already");
    }
    return metric;
  }

  private static OwnPrompts prompts(Yaml entry) {
    if (entry == null) {
      return OwnPrompts.NONE;
    }
    var members = entry.members(PROMPTS);
    return new OwnPrompts(prompt(members.get("estimate")), prompt(members.get("improve")));
  }

  private static String prompt(Yaml text) {
    var expected = "a text of at most " + MOST_OF_A_PROMPT + " characters";
    return text == null
        ? null
        : text.text(said -> !said.isBlank() && said.length() <= MOST_OF_A_PROMPT, expected);
  }

  private List<Chosen> checks(Yaml metric, Map<String, Yaml> members) {
    var ids = new HashSet<String>();
    var chosen = new ArrayList<Chosen>();
    for (var entry : required(metric, members, "checks").entries(MOST_CHECKS)) {
      var check = check(entry);
      if (!ids.add(check.id())) {
        throw entry.refused("the check " + check.id() + " is there twice");
      }
      chosen.add(check);
    }
    return chosen;
  }

  private static Chosen check(Yaml entry) {
    var members = entry.members(CHECK);
    var known = OwnMetric.knownChecks();
    var id =
        required(entry, members, "id").text(known::contains, "one of " + String.join(", ", known));
    var weight = required(entry, members, "weight").number(MOST_WEIGHT);
    return new Chosen(id, weight, optional(members, "label"), optional(members, "suggestion"));
  }

  private boolean take(Metric metric) {
    var id = metric.id().toLowerCase(Locale.ROOT);
    var word = metric.shortName().toLowerCase(Locale.ROOT);
    return !taken.contains(id) && !taken.contains(word) && taken.addAll(List.of(id, word));
  }

  private static Yaml required(Yaml parent, Map<String, Yaml> members, String name) {
    var member = members.get(name);
    if (member == null) {
      throw parent.refused(name + " is missing");
    }
    return member;
  }

  private static String optional(Map<String, Yaml> members, String name) {
    var member = members.get(name);
    return member == null ? null : member.text(matching("\\S.{0,299}"), "a text in one line");
  }

  private static Predicate<String> matching(String regex) {
    return text -> text.matches(regex);
  }
}
