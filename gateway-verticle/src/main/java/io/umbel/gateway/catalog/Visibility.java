package io.umbel.gateway.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What of everything on offer is shown, by rules in order; a later one overrides those before it.
 * What is not shown cannot be called either. Immutable.
 *
 * <p>A rule is a verb and what it is about. {@code disable} and {@code enable} decide on what they
 * are about, {@code enable-only} on everything: it shows that and nothing else. It is about
 * {@code tag:T}, {@code name:N} of any kind (a URI is a name), or one kind's name: {@code tool:N},
 * {@code prompt:N}, {@code resource:URI}, {@code template:URI}. One that fits is enough.
 */
public final class Visibility {

  /** Shows everything. */
  public static final Visibility ALL = new Visibility(List.of());

  /** What a rule has to be, in words. */
  public static final String EXPECTED = "rules such as `disable tag:demo`: enable, disable or "
      + "enable-only, then any of tag:, name:, tool:, prompt:, resource:, template:";

  private static final Pattern GRAMMAR = Pattern.compile(
      "(enable|disable|enable-only)( +(tag|name|tool|prompt|resource|template):[^\\s,]+)+");

  private final List<Rule> rules;

  /**
   * Shows or hides what one of the selectors fits; with {@code only}, the opposite for the rest.
   */
  private record Rule(boolean shows, boolean only, List<Selector> about) {
    boolean decide(boolean before, Offer offer, Kind kind) {
      if (about.stream().anyMatch(selector -> selector.fits(offer, kind))) {
        return shows;
      }
      return before && !only;
    }
  }

  private record Selector(String by, String text) {
    boolean fits(Offer offer, Kind kind) {
      return switch (by) {
        case "tag" -> offer.terms().tags().contains(text);
        case "not-tag" -> !offer.terms().tags().contains(text);
        case "name" -> offer.name().equals(text);
        default -> by.equals(word(kind)) && offer.name().equals(text);
      };
    }

    private static String word(Kind kind) {
      return kind.name().toLowerCase(Locale.ROOT);
    }
  }

  private Visibility(List<Rule> rules) {
    this.rules = rules;
  }

  /** Whether that text is a rule. */
  public static boolean isRule(String text) {
    return GRAMMAR.matcher(text).matches();
  }

  /**
   * These rules, in this order.
   *
   * @throws IllegalArgumentException if one of them is none
   */
  public static Visibility of(List<String> rules) {
    return new Visibility(rules.stream().map(Visibility::rule).toList());
  }

  /** The same, but of it only tools with that tag. */
  public Visibility onlyTag(String tag) {
    return new Visibility(Stream.concat(
            rules.stream(),
            Stream.of(new Rule(false, false, List.of(new Selector("not-tag", tag)))))
        .toList());
  }

  /** Whether that is shown. */
  boolean shows(Offer offer, Kind kind) {
    var shown = true;
    for (var rule : rules) {
      shown = rule.decide(shown, offer, kind);
    }
    return shown;
  }

  private static Rule rule(String text) {
    if (!isRule(text)) {
      throw new IllegalArgumentException("\"" + text + "\": expected " + EXPECTED);
    }
    var words = text.split(" +");
    var about = Arrays.stream(words).skip(1).map(Visibility::selector).toList();
    return new Rule(!words[0].equals("disable"), words[0].equals("enable-only"), about);
  }

  private static Selector selector(String word) {
    var colon = word.indexOf(':');
    return new Selector(word.substring(0, colon), word.substring(colon + 1));
  }
}
