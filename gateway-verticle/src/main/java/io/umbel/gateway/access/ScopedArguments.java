package io.umbel.gateway.access;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.umbel.contract.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Map;

/**
 * The project and agent among the arguments of a call, read in one pass without a tree, and where
 * what is missing can be put in: all other bytes stay as they came.
 */
final class ScopedArguments {

  private final Buffer params;
  private String project;
  private String agent;
  private String problem;
  private int at = -1;
  private int end = -1;
  private boolean empty = true;

  private ScopedArguments(Buffer params) {
    this.params = params;
  }

  /** Reads {@code params}, an object that is known to be JSON. */
  static ScopedArguments read(Buffer params) {
    var arguments = new ScopedArguments(params);
    try (var parser = Json.MAPPER.createParser(params.getBytes())) {
      arguments.read(parser);
    } catch (IOException e) {
      arguments.problem = "The arguments cannot be read";
    }
    return arguments;
  }

  /** The project named, or null. */
  String project() {
    return project;
  }

  /** The agent named, or null. */
  String agent() {
    return agent;
  }

  /** Why these arguments may not be used, or null. */
  String problem() {
    return problem;
  }

  /** The params with these arguments beside the others. */
  Buffer filledWith(Map<String, String> missing) {
    if (missing.isEmpty()) {
      return params;
    }
    var members = new StringBuilder();
    missing.forEach((name, value) -> members
        .append(members.isEmpty() ? "" : ",")
        .append('"')
        .append(name)
        .append("\":")
        .append(io.vertx.core.json.Json.encode(value)));
    if (at < 0) {
      return spliced(1, 1, "\"arguments\":{" + members + "},");
    }
    return end < 0
        ? spliced(at, at, empty ? members.toString() : members + ",")
        : spliced(at, end, "{" + members + "}");
  }

  private Buffer spliced(int from, int to, String text) {
    return Buffer.buffer(params.length() + text.length())
        .appendBuffer(params, 0, from)
        .appendString(text)
        .appendBuffer(params, to, params.length() - to);
  }

  private void read(JsonParser parser) throws IOException {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var wanted = parser.currentName().equals("arguments");
      var token = parser.nextToken();
      if (wanted && token == JsonToken.START_OBJECT) {
        at = offset(parser) + 1;
        readMembers(parser);
      } else if (wanted && token == JsonToken.VALUE_NULL) {
        at = offset(parser);
        end = at + "null".length();
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readMembers(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      empty = false;
      var name = parser.currentName();
      parser.nextToken();
      if (name.equals(Scoping.PROJECT)) {
        project = text(parser, name, project);
      } else if (name.equals(Scoping.AGENT)) {
        agent = text(parser, name, agent);
      }
      parser.skipChildren();
    }
  }

  /** A second one could mean one thing here and another to the tool. */
  private String text(JsonParser parser, String name, String before) throws IOException {
    if (before != null) {
      problem = "The argument " + name + " is there twice";
    } else if (parser.currentToken() != JsonToken.VALUE_STRING) {
      problem = "The argument " + name + " must be a string";
    }
    return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : before;
  }

  private static int offset(JsonParser parser) {
    return (int) parser.currentTokenLocation().getByteOffset();
  }
}
