package io.umbel.registry.scan;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;

/**
 * JSON as the one text that stands for all that mean the same, and its hash.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785">RFC 8785</a>
 */
public final class Canonical {

  private static final int MOST_DIGITS = 17;
  private static final MathContext ENOUGH = new MathContext(40, RoundingMode.HALF_EVEN);
  private static final double EXACT_WHOLE = 9_007_199_254_740_992.0;

  private final StringBuilder out = new StringBuilder();

  private Canonical() {}

  /** SHA-256 of it, in hex. */
  public static String hash(JsonObject json) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text(json).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text. */
  static String text(Object json) {
    var canonical = new Canonical();
    canonical.write(json);
    return canonical.out.toString();
  }

  private void write(Object value) {
    if (value instanceof JsonObject object) {
      write(object);
    } else if (value instanceof JsonArray array) {
      write(array);
    } else if (value instanceof String text) {
      quote(text);
    } else if (value instanceof Number number) {
      out.append(number(number));
    } else {
      out.append(value);
    }
  }

  /** Members in the order of their names' UTF-16 units. */
  private void write(JsonObject object) {
    var names = new ArrayList<>(object.fieldNames());
    names.sort(null);
    var before = "{";
    for (var name : names) {
      out.append(before);
      quote(name);
      out.append(':');
      write(object.getValue(name));
      before = ",";
    }
    out.append(names.isEmpty() ? "{}" : "}");
  }

  private void write(JsonArray array) {
    var before = "[";
    for (var item : array) {
      out.append(before);
      write(item);
      before = ",";
    }
    out.append(array.isEmpty() ? "[]" : "]");
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      quote(text.charAt(i));
    }
    out.append('"');
  }

  private void quote(char one) {
    switch (one) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\f' -> out.append("\\f");
      case '\r' -> out.append("\\r");
      default -> out.append(one < ' ' ? "\\u%04x".formatted((int) one) : one);
    }
  }

  /** As ECMAScript writes the nearest double. */
  private static String number(Number number) {
    var value = number.doubleValue();
    if (Math.abs(value) < EXACT_WHOLE && value == Math.rint(value)) {
      return Long.toString((long) value);
    }
    if (Double.isInfinite(value) || Double.isNaN(value)) {
      return number.toString(); // no double is near, and two of these are as different as they look
    }
    var shortest = shortest(value);
    var digits = shortest.unscaledValue().abs().toString();
    return (value < 0 ? "-" : "") + number(digits, digits.length() - shortest.scale());
  }

  /** The fewest digits that are nearer to this double than to any other. */
  private static BigDecimal shortest(double value) {
    var exact = new BigDecimal(value).round(ENOUGH); // it may have a thousand digits
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      var rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  /** Where the point is after so many of the digits; ECMA-262, Number::toString. */
  private static String number(String digits, int point) {
    var count = digits.length();
    if (count <= point && point <= 21) {
      return digits + "0".repeat(point - count);
    }
    if (0 < point && point <= 21) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-6 < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    var exponent = (point > 0 ? "e+" : "e-") + Math.abs(point - 1);
    return (count == 1 ? digits : digits.charAt(0) + "." + digits.substring(1)) + exponent;
  }
}
