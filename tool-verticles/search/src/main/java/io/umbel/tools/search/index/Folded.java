package io.umbel.tools.search.index;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/**
 * Texts without their accents, so that {@code Sodre} finds {@code Sodré}. Of a text in its composed
 * form each character becomes exactly one, so a place in the one is a place in the other.
 */
public final class Folded {

  private static final char LAST_WITHOUT = '\u00bf';

  private Folded() {}

  /** The same text in the form that is kept. */
  public static String composed(String text) {
    return Normalizer.normalize(text, Form.NFC);
  }

  /** A composed text without accents. */
  public static String of(String composed) {
    var folded = new StringBuilder(composed.length());
    for (int i = 0; i < composed.length(); i++) {
      folded.append(of(composed.charAt(i)));
    }
    return folded.toString();
  }

  private static char of(char letter) {
    if (letter <= LAST_WITHOUT || Character.isSurrogate(letter)) {
      return letter;
    }
    return Normalizer.normalize(String.valueOf(letter), Form.NFD).charAt(0);
  }
}
