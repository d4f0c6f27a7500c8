package io.umbel.tools.search.find;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Where results go on. A cursor names the search with its filter, so that it is good for no other;
 * what may be seen is decided anew on each page, so a forged one gains nothing.
 */
final class Place {

  private static final int LONGEST = 200;
  private static final int FARTHEST = 10_000;

  private Place() {}

  /** How many results were told before; throws where the cursor is of another search. */
  static int of(ToolCall call) {
    var cursor = call.text("cursor");
    if (cursor == null) {
      return 0;
    }
    try {
      var bytes = Base64.getUrlDecoder().decode(cursor.length() > LONGEST ? "-" : cursor);
      var parts = new JsonArray(new String(bytes, UTF_8));
      int offset = parts.getInteger(1);
      if (digest(call).equals(parts.getString(0)) && offset > 0 && offset <= FARTHEST) {
        return offset;
      }
    } catch (DecodeException
        | IllegalArgumentException
        | ClassCastException
        | IndexOutOfBoundsException
        | NullPointerException e) {
      // It is none of ours.
    }
    throw new ToolFailure(
        ErrorCode.INVALID_ARGUMENT,
        "The cursor is not of this search with this filter: begin without one",
        null);
  }

  /** The cursor that goes on after that many, or null where there is no going on. */
  static String after(ToolCall call, int told, long total) {
    if (told >= total || told > FARTHEST) {
      return null;
    }
    var json = new JsonArray().add(digest(call)).add(told).encode();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }

  private static String digest(ToolCall call) {
    var asked = call.arguments();
    asked.remove("cursor");
    asked.remove("limit");
    try {
      var bytes = MessageDigest.getInstance("SHA-256")
          .digest((call.caller().owner() + asked.encode()).getBytes(UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
