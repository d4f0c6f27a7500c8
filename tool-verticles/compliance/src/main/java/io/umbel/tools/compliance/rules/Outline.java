package io.umbel.tools.compliance.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * A description by its headings. Comments are left out; code between fences is counted, not read.
 *
 * @param sections in order; the first is what stands before any heading
 * @param codeBlocks how many blocks of code there are
 * @param codeLines how many lines they have
 * @param openFence the marks of a fence that nobody closed; empty where there is none
 */
record Outline(List<Section> sections, int codeBlocks, int codeLines, String openFence) {

  static Outline of(String description) {
    var reading = new Reader();
    for (var line : lines(description)) {
      reading.take(line);
    }
    return new Outline(reading.sections, reading.blocks, reading.codeLines, reading.fence);
  }

  /** Without what stands between {@code <!--} and {@code -->}. */
  static String withoutComments(String text) {
    var rest = new StringBuilder();
    int at = 0;
    int begin = text.indexOf("<!--");
    while (begin >= 0) {
      int end = text.indexOf("-->", begin + 4);
      if (end < 0) {
        break;
      }
      rest.append(text, at, begin);
      at = end + 3;
      begin = text.indexOf("<!--", at);
    }
    return rest.append(text, at, text.length()).toString();
  }

  /** All that was written, headings and code left out, as one text. */
  String body() {
    return String.join("\n", sections.stream().map(Section::text).toList());
  }

  /** The first section about one of these that has so many words, or null. */
  Section about(List<String> words, int least) {
    return sections.stream()
        .filter(section -> section.isAbout(words) && section.words() >= least)
        .findFirst()
        .orElse(null);
  }

  private static List<String> lines(String description) {
    return List.of(withoutComments(description).replace("\r\n", "\n").split("\n", -1));
  }

  /** Takes one line after the other. */
  private static final class Reader {
    private final List<Section> sections = new ArrayList<>();
    private int blocks;
    private int codeLines;
    private String fence = "";

    Reader() {
      begin("");
    }

    void take(String line) {
      var marks = Line.fence(line);
      if (!fence.isEmpty()) {
        inCode(marks);
      } else if (!marks.isEmpty()) {
        fence = marks;
        blocks++;
      } else {
        inProse(line);
      }
    }

    private void inCode(String marks) {
      if (!marks.isEmpty() && marks.charAt(0) == fence.charAt(0)) {
        fence = "";
      } else {
        codeLines++;
      }
    }

    private void inProse(String line) {
      var heading = Heading.of(line);
      if (heading != null) {
        begin(heading);
      } else if (!Line.isEmptyAnswer(line)) {
        sections.get(sections.size() - 1).lines().add(line);
      }
    }

    private void begin(String heading) {
      sections.add(new Section(heading, new ArrayList<>()));
    }
  }
}
