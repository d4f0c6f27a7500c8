package io.umbel.tools.compliance.rules;

import static io.umbel.tools.compliance.rules.Phrases.anywhere;
import static io.umbel.tools.compliance.rules.Phrases.list;

import java.util.List;
import java.util.Set;

/** Definition of Ready: what an issue should say before work on it begins. */
final class DorChecks {

  private static final Set<String> GENERIC = Set.copyOf(list("bug|issue|fix|update|help|problem"
      + "|question|error|change|improve|improvement|feature|request|test|todo|misc"));
  private static final List<String> CONTEXT = list("problem|context|background|motivation"
      + "|description|summary|current behavior|current behaviour|overview|objective|why");
  private static final List<String> SCOPE =
      list("scope|non-goal|nongoal|boundar|limitation|not included|alternatives");
  private static final List<String> SCOPE_SAID =
      list("out of scope|not part of|does not include|will not|excluding|except for");
  private static final List<String> DEPENDENCIES =
      list("dependenc|prerequisite|blocked by|depends on|related");
  private static final Phrases INDEPENDENT = Phrases.of("no dependencies|no blockers");
  private static final List<String> APPROACH =
      list("approach|implementation|technical|design|solution|proposal|architecture");
  private static final List<String> VALUE =
      list("user story|value|benefit|impact|stakeholder|use case");
  private static final Phrases ACTORS = Phrases.of("user|users|customer|customers|admin|admins"
      + "|operator|operators|developer|developers|client|clients|agent|agents");
  private static final List<String> REASONS =
      list("so that|because|in order to|to allow|need to" + "|needs to|cannot|can't|unable");

  static final Check TITLE = Check.of(
      "title",
      "Title",
      "Give the issue a title of 3 to 15 words that says what is to change and where.",
      DorChecks::title);
  static final Check CONTEXT_GIVEN = Check.of(
      "context",
      "Context",
      "Add a section \"Context\" of two or three sentences: the problem, and who has it.",
      DorChecks::context);
  static final Check ACCEPTANCE = Check.of(
      "acceptance",
      "Acceptance criteria",
      "Add a section \"Acceptance criteria\" with at least two items.",
      DorChecks::acceptance);
  static final Check TESTABLE = Check.of(
      "testable",
      "Testable criteria",
      "Word each criterion so that it can be seen to hold: an observable verb, a number or an exact"
          + " value, and no vague word.",
      DorChecks::testable);
  static final Check SCOPE_GIVEN = Check.of(
      "scope",
      "Scope",
      "Add a section \"Out of scope\" that says what this does not include.",
      DorChecks::scope);
  static final Check DEPENDENCIES_GIVEN = Check.of(
      "dependencies",
      "Dependencies",
      "Say what this depends on (\"Depends on #12\"), or that there are no dependencies.",
      DorChecks::dependencies);
  static final Check APPROACH_GIVEN = Check.of(
      "approach",
      "Technical approach",
      "Add a section \"Technical approach\" of a few sentences: where in the code, and how.",
      DorChecks::approach);
  static final Check VALUE_GIVEN = Check.of(
      "value",
      "User value",
      "Say for whom this is and why: \"As a …, I want … so that …\".",
      DorChecks::value);
  static final Check SIZE = Check.of(
      "size",
      "Size",
      "Estimate the issue, by its estimate field or a label such as \"size: S\".",
      DorChecks::size);
  static final Check CLARITY = Check.of(
      "clarity",
      "Clarity",
      "Replace vague words by what is meant: numbers, names, exact behaviour.",
      DorChecks::clarity);

  private DorChecks() {}

  private static Score title(Reading reading) {
    var words = reading.titleWords();
    var title = reading.issue().title();
    if (words.stream().filter(word -> !GENERIC.contains(Line.lower(word))).count() < 2) {
      return Score.of(0);
    }
    var fits =
        words.size() >= 3 && words.size() <= 15 && title.codePointCount(0, title.length()) <= 120;
    return Score.of(fits, true).because(words.size() + " words");
  }

  private static Score context(Reading reading) {
    return sectionOr(reading, CONTEXT, 15, reading.words() >= 30);
  }

  private static Score acceptance(Reading reading) {
    int count = reading.criteria().size();
    var half = count == 1 || reading.outline().about(Criteria.HEADINGS, 6) != null;
    return Score.of(count >= 2, half).because(counted(count, "criterion", "criteria"));
  }

  private static Score testable(Reading reading) {
    var criteria = reading.criteria();
    if (criteria.isEmpty()) {
      return Score.of(0);
    }
    long testable = criteria.stream().filter(Criteria::isTestable).count();
    return Score.of(Score.tenThousandths((double) testable / criteria.size()))
        .because(testable + " of " + counted(criteria.size(), "criterion", "criteria"));
  }

  private static Score scope(Reading reading) {
    return sectionOr(reading, SCOPE, 3, anywhere(reading.low(), SCOPE_SAID));
  }

  private static Score dependencies(Reading reading) {
    if (References.isDependent(reading.body()) || isIndependent(reading)) {
      return Score.of(1);
    }
    return sectionOr(reading, DEPENDENCIES, 1, References.in(reading.body()));
  }

  /** Whether it says that it waits for nothing. */
  static boolean isIndependent(Reading reading) {
    return INDEPENDENT.in(reading.low());
  }

  private static Score approach(Reading reading) {
    var body = reading.body();
    var technical = reading.outline().codeBlocks() > 0 || Literals.hasCode(body) || Paths.in(body);
    return sectionOr(reading, APPROACH, 10, technical);
  }

  private static Score value(Reading reading) {
    var low = reading.low();
    if (Story.find(low) >= 0) {
      return Score.of(1).because("a user story");
    }
    return sectionOr(reading, VALUE, 6, ACTORS.in(low) && anywhere(low, REASONS));
  }

  private static Score size(Reading reading) {
    int words = reading.words();
    var bearable = words >= 30 && words <= 1200 && reading.criteria().size() <= 15;
    var sized = !reading.issue().estimate().isEmpty() || SizeLabels.in(reading.labels());
    return Score.of(sized, bearable)
        .because(sized ? "an estimate" : counted(words, "word", "words"));
  }

  private static Score clarity(Reading reading) {
    int words = reading.words();
    if (words < 15) {
      return Score.of(0).because(counted(words, "word", "words"));
    }
    var vague = reading.vague();
    var clear = Math.max(0, 1 - (vague.size() * 100 / (double) words) / 4);
    var score = Score.of(Score.tenThousandths(clear));
    return vague.isEmpty() ? score : score.because("vague: " + String.join(", ", vague));
  }

  private static Score sectionOr(
      Reading reading, List<String> headings, int words, boolean otherwise) {
    var section = reading.outline().about(headings, words);
    var score = Score.of(section != null, otherwise);
    return section == null ? score : score.because("section \"" + section.heading() + "\"");
  }

  private static String counted(int count, String one, String more) {
    return count + " " + (count == 1 ? one : more);
  }
}
