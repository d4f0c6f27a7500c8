package io.umbel.tools.issues.write;

import io.umbel.tools.issues.store.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How like the texts of issues are, 0 to 1, by their words alone: the cosine of how often each
 * occurs, the title counting for 0.6 and the description for 0.4. Where one of them has next to no
 * description, titles alone decide.
 */
final class Likeness {

  /** With how many open issues a new one is compared. */
  static final int COMPARED = 50;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{2,40}");
  private static final int READ = 20_000;
  private static final int TITLE_WORDS = 20;
  private static final int FEW_WORDS = 5;
  private static final double OF_TITLE = 0.6;

  private final Map<String, Integer> title;
  private final Map<String, Integer> description;

  Likeness(Fields fields) {
    title = words(fields.title());
    description = words(fields.description());
  }

  /** The words by which issues worth a comparison are found. */
  List<String> titleWords() {
    return title.keySet().stream().sorted().limit(TITLE_WORDS).toList();
  }

  /** How like that issue is. */
  double to(Fields other) {
    var that = new Likeness(other);
    var titles = cosine(title, that.title);
    if (description.size() < FEW_WORDS || that.description.size() < FEW_WORDS) {
      return titles;
    }
    return OF_TITLE * titles + (1 - OF_TITLE) * cosine(description, that.description);
  }

  private static Map<String, Integer> words(String text) {
    var counts = new HashMap<String, Integer>();
    var read = text.length() > READ ? text.substring(0, READ) : text;
    var matcher = WORD.matcher(read.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      counts.merge(matcher.group(), 1, Integer::sum);
    }
    return counts;
  }

  private static double cosine(Map<String, Integer> one, Map<String, Integer> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return 0;
    }
    double product = 0;
    for (var word : one.entrySet()) {
      product += (double) word.getValue() * other.getOrDefault(word.getKey(), 0);
    }
    return product / (length(one) * length(other));
  }

  private static double length(Map<String, Integer> words) {
    var sum =
        words.values().stream().mapToDouble(count -> (double) count * count).sum();
    return Math.sqrt(sum);
  }
}
