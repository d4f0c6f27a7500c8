package io.umbel.tools.compliance.rules;

import java.util.List;
import java.util.Objects;

/**
 * What stands under one heading.
 *
 * @param heading in lower case; empty for what stands before the first one
 * @param lines as they were written, code not among them
 */
record Section(String heading, List<String> lines) {

  /** The lines that are more than a note of what is to be written. */
  List<String> live() {
    return lines.stream().filter(line -> !Line.isTodo(line)).toList();
  }

  /** Those lines as one text. */
  String text() {
    return String.join("\n", live());
  }

  int words() {
    return Words.count(text());
  }

  List<String> items() {
    return live().stream().map(Line::item).filter(Objects::nonNull).toList();
  }

  List<String> tasks() {
    return live().stream().map(Line::task).filter(Objects::nonNull).toList();
  }

  /** Whether the heading has one of these in it. */
  boolean isAbout(List<String> words) {
    return words.stream().anyMatch(heading::contains);
  }
}
