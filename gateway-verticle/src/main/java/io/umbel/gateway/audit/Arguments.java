package io.umbel.gateway.audit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.umbel.contract.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the record keeps of a tool's arguments: which there were and how large, and a hash by which
 * the same ones are known again. Not their values.
 *
 * @param summary a JSON object: the size in bytes of each argument, by its name; null for none
 * @param hash SHA-256 of the arguments as they came, in hexadecimal; null for none
 */
public record Arguments(String summary, String hash) {

  /** There were none. */
  public static final Arguments NONE = new Arguments(null, null);

  private static final int MOST_NAMES = 64;
  private static final int LONGEST_NAME = 64;
  private static final HexFormat HEX = HexFormat.of();

  /** Of the arguments in these bytes, which may be null and need not be an object. */
  public static Arguments of(Buffer json) {
    if (json == null) {
      return NONE;
    }
    var bytes = json.getBytes();
    return new Arguments(summary(bytes), HEX.formatHex(sha256().digest(bytes)));
  }

  private static String summary(byte[] json) {
    var sizes = new JsonObject();
    try (var parser = Json.MAPPER.createParser(json)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME && sizes.size() < MOST_NAMES) {
          sizes.put(shortened(parser.currentName()), size(parser));
        }
      }
    } catch (IOException e) {
      // What follows is not JSON: the names up to there will do.
    }
    return sizes.encode();
  }

  private static long size(JsonParser parser) throws IOException {
    parser.nextToken();
    var from = parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    return parser.currentLocation().getByteOffset() - from;
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
