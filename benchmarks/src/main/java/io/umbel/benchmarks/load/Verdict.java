package io.umbel.benchmarks.load;

/** Judges answers: the status, the id and the content must be those of the call they answer. */
final class Verdict {

  private final Numbered id = new Numbered("\"id\":" + Numbered.MARK);
  private final Numbered content;

  Verdict(Dialogue dialogue) {
    this.content = new Numbered(dialogue.expected());
  }

  /** The next answer is that to the call of this number. */
  void expect(int number) {
    id.set(number);
    content.set(number);
  }

  /** What is wrong with it, or null. */
  String on(Answer answer) {
    if (answer.status() != 200) {
      return "status " + answer.status() + ": " + answer.excerpt();
    }
    if (!hasId(answer)) {
      return "another id: " + answer.excerpt();
    }
    if (content.endIn(answer.bytes(), answer.bodyStart(), answer.end()) < 0) {
      return "another content: " + answer.excerpt();
    }
    return answer.hasMore() ? "more than one answer: " + answer.excerpt() : null;
  }

  /** The number must end where the id ends. */
  private boolean hasId(Answer answer) {
    var end = id.endIn(answer.bytes(), answer.bodyStart(), answer.end());
    return end >= 0 && end < answer.end() && ",}".indexOf(answer.bytes()[end]) >= 0;
  }
}
