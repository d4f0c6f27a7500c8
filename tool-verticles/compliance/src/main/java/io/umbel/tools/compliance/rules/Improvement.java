package io.umbel.tools.compliance.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A description with the sections that it lacks, each with nothing in it but a note that it is to
 * be written. What the author wrote stands before them, letter by letter.
 *
 * @param description with them
 * @param sections the names of those that were added
 */
public record Improvement(String description, List<String> sections) {

  private static final String TODO = "- TODO: fill in";
  private static final Map<Check, String> NAMES = names();

  /** What this issue lacks; nothing where its description is too long to be looked at whole. */
  public static Improvement of(IssueText issue) {
    var reading = Reading.of(issue);
    var missing = missing(reading);
    var described = with(missing, issue.description(), reading.outline().openFence());
    var fits = missing.isEmpty() || issue.describedAs(described).fits();
    return fits
        ? new Improvement(described, missing)
        : new Improvement(issue.description(), List.of());
  }

  /** Whether a section is as it was proposed. */
  static boolean isUnfilled(Section section) {
    return NAMES.values().stream().map(Line::lower).anyMatch(section.heading()::equals)
        && section.lines().contains(TODO)
        && section.lines().stream().allMatch(line -> line.equals(TODO) || line.isBlank());
  }

  private static List<String> missing(Reading reading) {
    var there =
        reading.outline().sections().stream().map(Section::heading).collect(Collectors.toSet());
    var missing = new ArrayList<String>();
    NAMES.forEach((check, name) -> {
      var lacks = check.concerns().test(reading) && check.value(reading) < 1;
      if (lacks && !there.contains(Line.lower(name))) {
        missing.add(name);
      }
    });
    return missing;
  }

  private static String with(List<String> sections, String description, String openFence) {
    if (sections.isEmpty()) {
      return description;
    }
    var text = new StringBuilder(description);
    if (!openFence.isEmpty()) {
      text.append('\n').append(openFence).append('\n');
    }
    for (var section : sections) {
      text.append(gap(text)).append("## ").append(section).append('\n').append(TODO);
    }
    return text.toString();
  }

  /** What is missing to an empty line between what is there and what comes. */
  private static String gap(StringBuilder text) {
    if (text.isEmpty() || endsWith(text, "\n\n")) {
      return "";
    }
    return endsWith(text, "\n") ? "\n" : "\n\n";
  }

  private static boolean endsWith(StringBuilder text, String end) {
    int from = text.length() - end.length();
    return from >= 0 && text.indexOf(end, from) == from;
  }

  private static Map<Check, String> names() {
    var names = new LinkedHashMap<Check, String>();
    names.put(DorChecks.CONTEXT_GIVEN, "Context");
    names.put(DorChecks.ACCEPTANCE, "Acceptance criteria");
    names.put(DorChecks.SCOPE_GIVEN, "Out of scope");
    names.put(DorChecks.DEPENDENCIES_GIVEN, "Dependencies");
    names.put(DorChecks.APPROACH_GIVEN, "Technical approach");
    names.put(DorChecks.VALUE_GIVEN, "User value");
    names.put(Reproduction.CHECK, "Steps to reproduce");
    return names;
  }
}
