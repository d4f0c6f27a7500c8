package io.umbel.tools.compliance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Eight times the text takes about eight times the work, whatever the text is. */
@Timeout(120)
class HostileTextsTest {

  private static final int SMALL = 8 * 1024;
  private static final int LARGE = 64 * 1024;

  /** Quadratic work would be 64 times as much. */
  private static final double MOST = 32;

  /** What is measured below this is the clock. */
  private static final double LEAST_NANOS = 2_000_000;

  static Stream<String> hostile() {
    return Stream.of(
        "given given ",
        "given when ",
        "Given a when b then c\n",
        "'''",
        "'a",
        "\"\"",
        "``",
        "`a",
        "- [ ] ",
        "- [ ] a b\n",
        "- [x] must b\n",
        "* ",
        "1. ",
        "1. a b\n",
        "<!--",
        "<!-- -->",
        "<!-- a\n- [ ] a b -->",
        "**",
        "**a",
        "**aa**\n",
        "# ",
        "# a #",
        "## a\n",
        "# # # ",
        "A",
        "Aaa: ",
        "Aaa:\n",
        "```\n",
        "```",
        "~~~\n",
        "as a ",
        "as an aa,",
        "as a b i want",
        "a/",
        "a/b.",
        "a/b.cccccc",
        "./-",
        "a.b-",
        "depends on ",
        "depends on",
        "depends on\n",
        "after #",
        "requires A1-",
        "A1-",
        "A1",
        " A1-1a",
        "#1a ",
        " #",
        "https:/",
        "1.1",
        "1.",
        "v1.1a ",
        "v",
        "TODO ",
        "TODO\n",
        "- TODO\n",
        "\n",
        "\r\n",
        " ",
        "\t",
        "\u00a0",
        "x",
        "é",
        "𝒜",
        "½ ",
        "fast ",
        "as soon as ",
        "migrat ",
        "migration ",
        "auth",
        "auth ",
        "backward",
        "backward.",
        "no more ",
        "is visibl ",
        "not included",
        "steps to ",
        "actual expected ",
        "_No response_\n",
        "N/A\n");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void takesWorkInProportionToTheText(String part) {
    double small = nanos(text(part, SMALL));
    double large = nanos(text(part, LARGE));
    assertThat(large / Math.max(small, LEAST_NANOS)).as("ratio").isLessThan(MOST);
  }

  private static IssueText text(String part, int bytes) {
    var text = part.repeat(1 + bytes / part.length());
    return new IssueText("Any title", text, List.of(), "");
  }

  /** The least of several runs, in time of this thread's own. */
  private static double nanos(IssueText issue) {
    var clock = ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int run = 0; run < 4; run++) {
      long begin = clock.getCurrentThreadCpuTime();
      for (var metric : List.of(Metric.DOR, Metric.INVEST, Metric.RISK)) {
        Estimate.of(metric, issue);
      }
      Improvement.of(issue);
      least = Math.min(least, clock.getCurrentThreadCpuTime() - begin);
    }
    return least;
  }
}
