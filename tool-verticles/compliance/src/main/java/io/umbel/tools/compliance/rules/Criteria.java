package io.umbel.tools.compliance.rules;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** By what one will see that the work is done. */
final class Criteria {

  /** What the heading of a section of criteria has in it. */
  static final List<String> HEADINGS = Phrases.list("acceptance|definition of done|done when"
      + "|success criteria|expected result|expected behavior|expected behaviour|expected outcome");

  private static final Phrases OBSERVABLE = Phrases.of("must|shall|should|return|returns|show|shows"
      + "|display|displays|reject|rejects|accept|accepts|create|creates|store|stores|delete|deletes"
      + "|fail|fails|log|logs|emit|emits|respond|responds|redirect|redirects|is visible|is created"
      + "|is stored|is rejected|is deleted|is shown|is returned|is logged|given|when|then|exactly"
      + "|at least|at most|within|no more than|never|always");

  private Criteria() {}

  /** Each criterion once: items of sections about them, tasks, and given … when … then. */
  static List<String> in(Outline outline, String body) {
    Set<String> found = new LinkedHashSet<>();
    for (var section : outline.sections()) {
      found.addAll(section.isAbout(HEADINGS) ? section.items() : section.tasks());
    }
    for (var line : body.split("\n", -1)) {
      if (isScenario(Line.lower(line)) && !Line.isBullet(line)) {
        found.add(Chars.strip(line));
      }
    }
    return List.copyOf(found);
  }

  /** Whether one could tell that it is met: it says something to see, and nothing vague. */
  static boolean isTestable(String criterion) {
    return (OBSERVABLE.in(Line.lower(criterion)) || Literals.in(criterion))
        && Vagueness.in(criterion).isEmpty();
  }

  private static boolean isScenario(String line) {
    int given = line.indexOf("given ");
    int when = given < 0 ? -1 : line.indexOf(" when ", given + 1);
    return when >= 0 && line.indexOf(" then ", when + 1) >= 0;
  }
}
