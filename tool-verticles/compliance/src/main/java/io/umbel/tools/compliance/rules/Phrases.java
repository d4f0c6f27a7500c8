package io.umbel.tools.compliance.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Words and phrases that are looked for where a word begins and ends, in a text of lower case. At
 * the end of a phrase, {@code *} stands for the rest of the word and {@code +} for a rest that is
 * not empty; a {@code .} inside stands for any one character.
 */
final class Phrases {

  private final List<Phrase> phrases = new ArrayList<>();

  private record Phrase(String letters, boolean goesOn, boolean hasRest) {}

  /** Where a phrase was found. */
  private record Hit(int begin, int end) {}

  private Phrases() {}

  /** These phrases, separated by {@code |}; of two that fit at one place the first counts. */
  static Phrases of(String listed) {
    var made = new Phrases();
    for (var phrase : listed.split("\\|", -1)) {
      made.add(phrase);
    }
    return made;
  }

  private void add(String phrase) {
    var some = phrase.endsWith("+");
    var any = phrase.endsWith("*");
    var letters = some || any ? phrase.substring(0, phrase.length() - 1) : phrase;
    phrases.add(new Phrase(letters, some || any, some));
  }

  /** Whether one of them is in the text. */
  boolean in(String text) {
    return next(text, 0) != null;
  }

  /** What was found, each as it stands there, once. */
  Set<String> allIn(String text) {
    var found = new LinkedHashSet<String>();
    for (var hit = next(text, 0); hit != null; hit = next(text, hit.end())) {
      found.add(text.substring(hit.begin(), hit.end()));
    }
    return found;
  }

  /** Where the first one begins, from there on; -1 where there is none. */
  int find(String text, int from) {
    var hit = next(text, from);
    return hit == null ? -1 : hit.begin();
  }

  /** Where the phrase ends that begins there, or -1; no word need end there. */
  int endAt(String text, int at) {
    if (!Chars.beginsWord(text, at)) {
      return -1;
    }
    for (var phrase : phrases) {
      if (fits(phrase.letters(), text, at)) {
        return at + phrase.letters().length();
      }
    }
    return -1;
  }

  private Hit next(String text, int from) {
    for (int at = from; at < text.length(); at++) {
      if (Chars.beginsWord(text, at)) {
        int end = end(text, at);
        if (end >= 0) {
          return new Hit(at, end);
        }
      }
    }
    return null;
  }

  private int end(String text, int at) {
    for (var phrase : phrases) {
      if (fits(phrase.letters(), text, at)) {
        int end = at + phrase.letters().length();
        int rest = phrase.goesOn() ? Chars.skipWord(text, end) : end;
        if (Chars.isBoundary(text, rest) && (rest > end || !phrase.hasRest())) {
          return rest;
        }
      }
    }
    return -1;
  }

  private static boolean fits(String letters, String text, int at) {
    if (letters.indexOf('.') < 0) {
      return text.startsWith(letters, at);
    }
    if (at + letters.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < letters.length(); i++) {
      char wanted = letters.charAt(i);
      char there = text.charAt(at + i);
      if (wanted == '.' ? there == '\n' : wanted != there) {
        return false;
      }
    }
    return true;
  }

  /** Whether one of these, in lower case, is anywhere in the text. */
  static boolean anywhere(String text, List<String> parts) {
    return parts.stream().anyMatch(text::contains);
  }

  /** The texts of a list that is separated by {@code |}. */
  static List<String> list(String listed) {
    return List.of(listed.split("\\|", -1));
  }
}
