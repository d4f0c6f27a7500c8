package io.umbel.tools.compliance.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The places in a description that the estimate goes by. */
final class Annotations {

  private static final int MOST = 40;
  private static final int LONGEST = 200;

  private final Reading reading;
  private final Map<String, Annotation> found = new LinkedHashMap<>();

  private Annotations(Reading reading) {
    this.reading = reading;
  }

  /** At most {@value #MOST}; none whose text is not in the description as it is. */
  static List<Annotation> of(Reading reading) {
    var annotations = new Annotations(reading);
    annotations.criteria();
    annotations.story();
    annotations.dependencies();
    annotations.vagueWords();
    return new ArrayList<>(annotations.found.values());
  }

  private void criteria() {
    for (var criterion : reading.criteria()) {
      add(criterion, "criterion", Criteria.isTestable(criterion), comment(criterion));
    }
  }

  private static String comment(String criterion) {
    var vague = Vagueness.in(criterion);
    if (!vague.isEmpty()) {
      return "Vague: " + String.join(", ", vague);
    }
    return Criteria.isTestable(criterion)
        ? "One can see whether this holds"
        : "Neither an observable verb nor a number or exact value";
  }

  private void story() {
    int begin = reading.low().length() == reading.body().length() ? Story.find(reading.low()) : -1;
    if (begin >= 0) {
      int end = begin;
      while (end < reading.body().length() && "\n.".indexOf(reading.body().charAt(end)) < 0) {
        end++;
      }
      add(reading.body().substring(begin, end), "story", true, "Says for whom this is, and what");
    }
  }

  private void dependencies() {
    for (var need : References.needs(reading.body())) {
      add(need, "dependency", true, "Says what has to come first");
    }
  }

  private void vagueWords() {
    for (var vague : reading.vague()) {
      var phrase = Phrases.of(vague);
      int begin = phrase.find(reading.low(), 0);
      if (begin >= 0 && reading.low().length() == reading.body().length()) {
        var text = reading.body().substring(begin, begin + vague.length());
        add(text, "vague", false, "Say what is meant instead");
      }
    }
  }

  private void add(String text, String label, boolean compliant, String comment) {
    var literal = shortened(Chars.stripEnd(text));
    if (found.size() < MOST && reading.issue().description().contains(literal)) {
      found.putIfAbsent(label + literal, new Annotation(literal, label, compliant, comment));
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LONGEST) - 1));
  }
}
