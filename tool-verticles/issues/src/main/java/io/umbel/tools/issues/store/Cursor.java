package io.umbel.tools.issues.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * Where a list goes on. It names the list with its filter, so that it is good for no other; what
 * may be seen is decided anew on each page, so a forged one gains nothing.
 */
public final class Cursor {

  private static final int LONGEST = 1000;
  private static final String FOREIGN =
      "The cursor is not of this list with this filter: begin without one";

  private Cursor() {}

  /**
   * Which part of a list is wanted.
   *
   * @param after the moment of the last one before it, or null for the beginning
   * @param id that one's id, or null
   * @param limit how many at most
   */
  public record Page(String after, String id, int limit) {
    public boolean isFirst() {
      return after == null;
    }
  }

  /** The page that a cursor, or its absence, asks for. */
  public static Page open(String cursor, String list, int limit) {
    if (cursor == null) {
      return new Page(null, null, limit);
    }
    try {
      var parts = new JsonArray(new String(Base64.getUrlDecoder().decode(within(cursor)), UTF_8));
      if (!Sha256.of(list).equals(parts.getString(0))) {
        throw Refused.invalid(FOREIGN);
      }
      var at = OffsetDateTime.parse(parts.getString(1));
      return new Page(at.toString(), UUID.fromString(parts.getString(2)).toString(), limit);
    } catch (DecodeException
        | IllegalArgumentException
        | ClassCastException
        | IndexOutOfBoundsException
        | NullPointerException
        | DateTimeException e) {
      throw Refused.invalid(FOREIGN);
    }
  }

  /** The cursor that goes on after that place. */
  public static String after(List<String> place, String list) {
    var json = new JsonArray().add(Sha256.of(list)).add(place.get(0)).add(place.get(1));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.encode().getBytes(UTF_8));
  }

  private static String within(String cursor) {
    if (cursor.length() > LONGEST) {
      throw Refused.invalid(FOREIGN);
    }
    return cursor;
  }
}
