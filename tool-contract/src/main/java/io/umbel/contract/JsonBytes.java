package io.umbel.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * Writes results as JSON. Answers of tools are mostly text, often a lot of it, and a general writer
 * looks at each character by itself; this one looks for what must be escaped eight bytes at a time
 * and copies all between at once.
 */
final class JsonBytes {

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);
  private static final int STRUCTURE = 128;

  private final Buffer out;

  private JsonBytes(Buffer out) {
    this.out = out;
  }

  /** An object as its bytes. */
  static Buffer of(JsonObject object) {
    var writer = new JsonBytes(Buffer.buffer(STRUCTURE + size(object)));
    writer.value(object);
    return writer.out;
  }

  /** About as many bytes as its texts have: the buffer need not grow, or not often. */
  private static int size(Object value) {
    var size = 8;
    if (value instanceof String text) {
      size += text.length();
    } else if (value instanceof JsonObject object) {
      for (var member : object.getMap().entrySet()) {
        size += member.getKey().length() + size(member.getValue());
      }
    } else if (value instanceof JsonArray array) {
      for (var item : array.getList()) {
        size += size(item);
      }
    }
    return size;
  }

  private void value(Object value) {
    if (value instanceof String text) {
      text(text);
    } else if (value instanceof JsonObject object) {
      object(object.getMap());
    } else if (value instanceof JsonArray array) {
      array(array.getList());
    } else if (value == null || value instanceof Boolean || isWhole(value)) {
      out.appendString(String.valueOf(value), "ISO-8859-1");
    } else {
      out.appendBuffer(io.vertx.core.json.Json.encodeToBuffer(value));
    }
  }

  private static boolean isWhole(Object value) {
    return value instanceof Integer || value instanceof Long;
  }

  private void object(Map<String, Object> members) {
    var before = (byte) '{';
    for (var member : members.entrySet()) {
      out.appendByte(before);
      text(member.getKey());
      out.appendByte((byte) ':');
      value(member.getValue());
      before = ',';
    }
    end(before == '{' ? "{}" : "}");
  }

  private void array(List<?> items) {
    var before = (byte) '[';
    for (var item : items) {
      out.appendByte(before);
      value(item);
      before = ',';
    }
    end(before == '[' ? "[]" : "]");
  }

  private void end(String brackets) {
    for (int i = 0; i < brackets.length(); i++) {
      out.appendByte((byte) brackets.charAt(i));
    }
  }

  private void text(String text) {
    var bytes = text.getBytes(UTF_8);
    if (!isAscii(text, bytes) && isTorn(text)) {
      out.appendBuffer(io.vertx.core.json.Json.encodeToBuffer(text)); // escapes what UTF-8 lacks
      return;
    }
    out.appendByte((byte) '"');
    int from = 0;
    for (int at = special(bytes, 0); at < bytes.length; at = special(bytes, from)) {
      out.appendBytes(bytes, from, at - from);
      escape(bytes[at]);
      from = at + 1;
    }
    out.appendBytes(bytes, from, bytes.length - from).appendByte((byte) '"');
  }

  /** Half of a surrogate pair has become a question mark: the same length says nothing. */
  private static boolean isAscii(String text, byte[] bytes) {
    return bytes.length == text.length() && new String(bytes, ISO_8859_1).equals(text);
  }

  /** Whether half of a surrogate pair stands alone. */
  private static boolean isTorn(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        var whole =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!whole) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /** Where the next byte is that JSON does not take as it is, or the end. */
  private static int special(byte[] bytes, int from) {
    int at = from;
    while (at + 8 <= bytes.length && !holdsSpecial((long) EIGHT.get(bytes, at))) {
      at += 8;
    }
    while (at < bytes.length && !isSpecial(bytes[at])) {
      at++;
    }
    return at;
  }

  /** A byte is below a bound, or zero, where taking it away borrows from its high bit. */
  private static boolean holdsSpecial(long eight) {
    var quotes = eight ^ (ONES * '"');
    var slashes = eight ^ (ONES * '\\');
    var found = ((eight - ONES * ' ') & ~eight)
        | ((quotes - ONES) & ~quotes)
        | ((slashes - ONES) & ~slashes);
    return (found & HIGHS) != 0;
  }

  private static boolean isSpecial(byte one) {
    return (one >= 0 && one < ' ') || one == '"' || one == '\\';
  }

  private void escape(byte special) {
    out.appendByte((byte) '\\');
    switch (special) {
      case '"', '\\' -> out.appendByte(special);
      case '\n' -> out.appendByte((byte) 'n');
      case '\t' -> out.appendByte((byte) 't');
      case '\r' -> out.appendByte((byte) 'r');
      case '\b' -> out.appendByte((byte) 'b');
      case '\f' -> out.appendByte((byte) 'f');
      default ->
        out.appendString("u00").appendByte(HEX[special >> 4]).appendByte(HEX[special & 15]);
    }
  }
}
