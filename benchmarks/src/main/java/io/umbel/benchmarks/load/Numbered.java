package io.umbel.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes in which one number of nine digits stands wherever the text said {@link #MARK}. It is
 * written over in place, so that neither a request nor the answer looked for is built anew for each
 * call.
 */
final class Numbered {

  /** Where the number goes; as long as the number is. */
  static final String MARK = "#########";

  /** The first of the numbers, all of which have nine digits. */
  static final int FIRST = 100_000_000;

  private final byte[] bytes;
  private final int[] places;

  Numbered(String text) {
    this.bytes = text.getBytes(StandardCharsets.UTF_8);
    var mark = MARK.getBytes(StandardCharsets.UTF_8);
    this.places = new int[(text.length() - text.replace(MARK, "").length()) / MARK.length()];
    var from = 0;
    for (var i = 0; i < places.length; i++) {
      places[i] = indexOf(bytes, from, bytes.length, mark);
      from = places[i] + mark.length;
    }
  }

  /** These very bytes, which the next {@link #set} changes. */
  byte[] bytes() {
    return bytes;
  }

  Numbered set(int number) {
    for (var place : places) {
      var rest = number;
      for (var i = MARK.length() - 1; i >= 0; i--) {
        bytes[place + i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    return this;
  }

  /** Where these bytes end in that part of an answer, or -1 where they are not in it. */
  int endIn(byte[] answer, int from, int to) {
    var at = indexOf(answer, from, to, bytes);
    return at < 0 ? -1 : at + bytes.length;
  }

  private static int indexOf(byte[] text, int from, int to, byte[] wanted) {
    for (var i = from; i <= to - wanted.length; i++) {
      if (text[i] == wanted[0]
          && Arrays.equals(text, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }
}
