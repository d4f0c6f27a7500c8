package io.umbel.gateway.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.umbel.contract.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes a JSON-RPC batch apart, for the one revision that has batches. */
public final class BatchReader {

  private static final int MOST = 100;

  private BatchReader() {}

  /** Whether a body is an array. */
  public static boolean isBatch(byte[] body) {
    for (var b : body) {
      if (b > ' ') {
        return b == '[';
      }
    }
    return false;
  }

  /**
   * The messages of a batch, each as its bytes.
   *
   * @throws McpException if it is empty, too long or not JSON
   */
  public static List<byte[]> read(byte[] body) {
    if (!Utf8.isValid(body)) {
      throw McpException.parseError("the message is not UTF-8");
    }
    try (var parser = Json.MAPPER.createParser(body)) {
      return read(parser, body);
    } catch (IOException e) {
      throw McpException.parseError("the array cannot be read");
    }
  }

  private static List<byte[]> read(JsonParser parser, byte[] body) throws IOException {
    var messages = new ArrayList<byte[]>();
    parser.nextToken();
    while (parser.nextToken() != JsonToken.END_ARRAY && messages.size() <= MOST) {
      messages.add(value(parser, body));
    }
    if (messages.isEmpty() || messages.size() > MOST) {
      throw McpException.invalidRequest("a batch holds 1 to " + MOST + " messages");
    }
    if (parser.nextToken() != null) {
      throw McpException.parseError("more than one JSON value in the body");
    }
    return messages;
  }

  private static byte[] value(JsonParser parser, byte[] body) throws IOException {
    var start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    return Arrays.copyOfRange(body, start, (int) parser.currentLocation().getByteOffset());
  }
}
