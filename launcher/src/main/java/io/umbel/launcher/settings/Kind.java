package io.umbel.launcher.settings;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What a value has to be.
 *
 * @param expected the words for it, as in "expected …"
 * @param secret whether the value must never be shown
 * @param reader the value that a text means, or nothing where the text does not fit
 * @param veil what of a secret may be shown
 */
public record Kind(
    String expected,
    boolean secret,
    Function<String, Optional<Object>> reader,
    UnaryOperator<String> veil) {

  /** One of which nothing may be shown, if it is a secret. */
  Kind(String expected, boolean secret, Function<String, Optional<Object>> reader) {
    this(expected, secret, reader, value -> "***");
  }

  /** {@code true} or {@code false}. */
  static Kind flag() {
    return new Kind("true or false", false, Kind::readFlag);
  }

  /** A whole number within bounds, both included. */
  static Kind whole(int min, int max) {
    return new Kind(
        "a whole number from " + min + " to " + max, false, text -> readWhole(text, min, max));
  }

  /** Any text but an empty one. */
  static Kind text() {
    return new Kind("a text", false, Optional::of);
  }

  /** A text of a certain form. */
  static Kind form(String regex, String expected) {
    return new Kind(
        expected, false, text -> text.matches(regex) ? Optional.of(text) : Optional.empty());
  }

  /** One of these words. */
  static Kind choice(String... words) {
    var known = List.of(words);
    return new Kind(
        "one of " + String.join(", ", known),
        false,
        text ->
            Optional.of(text.toLowerCase(Locale.ROOT)).filter(known::contains).map(x -> x));
  }

  /** Any number of texts, with commas between them. */
  static Kind list() {
    return new Kind("a list: a, b, c", false, Kind::readList);
  }

  /** Any number of texts of a certain form, with commas between them. */
  static Kind list(Predicate<String> form, String expected) {
    return new Kind(
        "a list of " + expected,
        false,
        text -> readList(text)
            .filter(texts -> ((List<?>) texts).stream().map(String.class::cast).allMatch(form)));
  }

  /** Any number of texts of that form, with commas between them. */
  static Kind list(String regex, String expected) {
    return list(text -> text.matches(regex), expected);
  }

  /** A secret of that many characters at least. */
  static Kind secret(int min) {
    return new Kind(
        "at least " + min + " characters",
        true,
        text -> text.length() >= min ? Optional.of(text) : Optional.empty());
  }

  /** A text of a certain form that must never be shown. */
  static Kind hidden(String regex, String expected) {
    return new Kind(
        expected, true, text -> text.matches(regex) ? Optional.of(text) : Optional.empty());
  }

  /** The URL of a server, with a user and a password or without; these are never shown. */
  static Kind server(String... schemes) {
    var expected = "a URL such as %s://user:password@host:port".formatted(schemes[0]);
    return new Kind(
        expected, true, text -> readServer(text, List.of(schemes)), Kind::withoutPassword);
  }

  private static Optional<Object> readServer(String text, List<String> schemes) {
    try {
      var url = URI.create(text);
      var fits = schemes.contains(String.valueOf(url.getScheme()))
          && url.getHost() != null
          && url.getQuery() == null
          && url.getFragment() == null;
      return fits ? Optional.of(text) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String withoutPassword(String url) {
    return url.replaceFirst("//.*@", "//***@");
  }

  private static Optional<Object> readFlag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Object> readWhole(String text, int min, int max) {
    try {
      var number = Integer.parseInt(text);
      return number >= min && number <= max ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> readList(String text) {
    return Optional.of(Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList());
  }
}
