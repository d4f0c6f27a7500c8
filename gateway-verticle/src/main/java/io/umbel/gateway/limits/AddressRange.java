package io.umbel.gateway.limits;

/**
 * Network addresses that begin alike, as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; one without a
 * length is that address alone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4632#section-3.1">CIDR</a>
 */
public record AddressRange(Address start, int length) {

  /** What each has to be, as a refusal says it. */
  public static final String EXPECTED = "address ranges such as `10.0.0.0/8` or `2001:db8::/32`";

  /** Whether that is a range. */
  public static boolean isRange(String text) {
    return read(text) != null;
  }

  /**
   * The range that a text means.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static AddressRange of(String text) {
    var range = read(text);
    if (range == null) {
      throw new IllegalArgumentException("no address range: " + text);
    }
    return range;
  }

  boolean contains(Address address) {
    return address.beginsAs(start, length);
  }

  private static AddressRange read(String text) {
    var slash = text.indexOf('/');
    var start = Address.of(slash < 0 ? text : text.substring(0, slash));
    if (start == null) {
      return null;
    }
    var whole = start.bits();
    var length = slash < 0 ? "" + whole : text.substring(slash + 1);
    var fits = length.matches("\\d{1,3}") && Integer.parseInt(length) <= whole;
    return fits ? new AddressRange(start, Integer.parseInt(length)) : null;
  }
}
