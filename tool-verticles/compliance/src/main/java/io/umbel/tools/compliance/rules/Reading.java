package io.umbel.tools.compliance.rules;

import java.util.List;

/** All that checks look at, read from an issue once. */
final class Reading {

  private final IssueText issue;
  private final Outline outline;
  private final String body;
  private final String low;
  private final String labels;
  private final List<String> titleWords;
  private final List<String> criteria;
  private final List<String> vague;
  private final Kind kind;
  private final int words;

  private Reading(IssueText issue) {
    this.issue = issue;
    outline = Outline.of(issue.description());
    body = outline.body();
    low = Line.lower(body);
    labels = Line.lower(String.join(" ", issue.labels()));
    titleWords = Words.of(issue.title());
    criteria = Criteria.in(outline, body);
    vague = Vagueness.in(body);
    kind = Kind.of(Line.lower(issue.title()), labels);
    words = Words.count(body);
  }

  /** Reads as much of an issue as is looked at. */
  static Reading of(IssueText issue) {
    return new Reading(issue.bounded());
  }

  IssueText issue() {
    return issue;
  }

  Outline outline() {
    return outline;
  }

  /** All that was written beside headings, code, comments and notes of what is to be written. */
  String body() {
    return body;
  }

  /** The body in lower case. */
  String low() {
    return low;
  }

  /** The labels in lower case, with spaces between them. */
  String labels() {
    return labels;
  }

  List<String> titleWords() {
    return titleWords;
  }

  List<String> criteria() {
    return criteria;
  }

  /** The vague words of the body, each once. */
  List<String> vague() {
    return vague;
  }

  Kind kind() {
    return kind;
  }

  /** How many words the body has. */
  int words() {
    return words;
  }

  /** All headings in lower case, with spaces between them. */
  String headings() {
    return String.join(" ", outline.sections().stream().map(Section::heading).toList());
  }
}
