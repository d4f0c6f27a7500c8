package io.umbel.gateway.call;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.umbel.contract.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * One spelling for JSON that says the same: members in the order of their names, no spaces. Numbers
 * stay as they were written, so that no two that differ become one.
 */
final class CanonicalJson {

  private CanonicalJson() {}

  /** That spelling; empty where there is nothing, null where it names a member twice. */
  static String of(Buffer json) {
    if (json == null) {
      return "";
    }
    try (var parser = Json.MAPPER.createParser(json.getBytes())) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      parser.nextToken();
      return value(parser);
    } catch (IOException e) {
      return null;
    }
  }

  private static String value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> quoted(parser.getText());
      default -> parser.getText();
    };
  }

  private static String object(JsonParser parser) throws IOException {
    var members = new TreeMap<String, String>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = quoted(parser.currentName());
      parser.nextToken();
      members.put(name, value(parser));
    }
    var whole = new StringJoiner(",", "{", "}");
    members.forEach((name, value) -> whole.add(name + ":" + value));
    return whole.toString();
  }

  private static String array(JsonParser parser) throws IOException {
    var whole = new StringJoiner(",", "[", "]");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      whole.add(value(parser));
    }
    return whole.toString();
  }

  private static String quoted(String text) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
  }
}
