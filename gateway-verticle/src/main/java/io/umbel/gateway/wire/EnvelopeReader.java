package io.umbel.gateway.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.umbel.contract.Json;
import io.umbel.gateway.wire.Envelope.Kind;
import io.umbel.gateway.wire.Envelope.Params;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Reads a JSON-RPC message in one pass over its bytes: no tree is built, what is not looked at is
 * skipped but checked to be JSON. One reader reads one message.
 */
public final class EnvelopeReader {

  private static final Pattern ADVICE = Pattern.compile(
      "(?s) \\(start marker.*|: was expecting.*|: enable `.*|: maybe a .*|, from `[^`]*`|\n.*");

  private final byte[] bytes;
  private final JsonParser parser;
  private boolean version;
  private boolean answer;
  private String id;
  private String method;
  private String problem;
  private Params params = Params.NONE;

  private EnvelopeReader(byte[] bytes, JsonParser parser) {
    this.bytes = bytes;
    this.parser = parser;
  }

  /**
   * Reads a message.
   *
   * @throws Unreadable if it is no JSON-RPC message; it says the id if that could be read
   */
  public static Envelope read(byte[] bytes) {
    if (!Utf8.isValid(bytes)) {
      throw new Unreadable(null, McpException.parseError("the message is not UTF-8"));
    }
    try (var parser = Json.MAPPER.createParser(bytes)) {
      return new EnvelopeReader(bytes, parser).message();
    } catch (JsonProcessingException e) {
      throw new Unreadable(null, McpException.parseError(reason(e)));
    } catch (IOException e) {
      throw new Unreadable(null, McpException.parseError("unreadable body"));
    }
  }

  private Envelope message() throws IOException {
    var first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      throw new Unreadable(null, notAnObject(first));
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      member(name);
    }
    if (parser.nextToken() != null) {
      throw new Unreadable(null, McpException.parseError("more than one JSON value in the body"));
    }
    return checked();
  }

  private void member(String name) throws IOException {
    switch (name) {
      case "jsonrpc" ->
        version = once(name, version) && isText() && parser.getText().equals("2.0");
      case "id" -> id = once(name, id != null) ? readId() : id;
      case "method" -> method = once(name, method != null) ? readText(name) : method;
      case "params" -> params = once(name, params.json() != null) ? readParams() : params;
      case "result", "error" -> answer = true;
      default -> {}
    }
    parser.skipChildren();
  }

  /**
   * Whether this is the first member of that name: a second one could mean two things to two
   * readers.
   */
  private boolean once(String name, boolean seen) {
    if (seen) {
      refuse("member \"" + name + "\" is there twice");
    }
    return !seen;
  }

  private Envelope checked() {
    if (!version) {
      refuse("\"jsonrpc\" must be \"2.0\"");
    }
    if (method == null && !answer) {
      refuse("\"method\" is missing");
    }
    if (answer && method != null) {
      refuse("a message is either a request or a response");
    }
    if (problem != null) {
      throw new Unreadable(id, McpException.invalidRequest(problem));
    }
    return new Envelope(kind(), id, method, answer ? Params.ofResponse(bytes) : params);
  }

  private Kind kind() {
    if (answer) {
      return Kind.RESPONSE;
    }
    return id == null ? Kind.NOTIFICATION : Kind.REQUEST;
  }

  private String readId() throws IOException {
    var token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return parser.getText();
    }
    if (token == JsonToken.VALUE_STRING) {
      return textOf(parser.getText());
    }
    refuse("\"id\" must be a string or an integer");
    return null;
  }

  private String readText(String name) throws IOException {
    if (isText()) {
      return parser.getText();
    }
    refuse("\"" + name + "\" must be a string");
    return null;
  }

  private Params readParams() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      refuse("\"params\" must be an object");
      return Params.NONE;
    }
    var start = (int) parser.currentTokenLocation().getByteOffset();
    var reader = new ParamsReader(bytes, parser, start);
    var read = reader.read();
    if (reader.problem() != null) {
      refuse(reader.problem());
    }
    return read;
  }

  private boolean isText() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  /** The first problem is told; reading goes on, so that the id is known whatever the order. */
  private void refuse(String why) {
    problem = problem == null ? why : problem;
  }

  private static McpException notAnObject(JsonToken first) {
    if (first == null) {
      return McpException.parseError("the body is empty");
    }
    return McpException.invalidRequest(
        first == JsonToken.START_ARRAY
            ? "send one message, not an array of them"
            : "a message is a JSON object");
  }

  /** Where and what, without Jackson's advice to whoever set the parser up. */
  private static String reason(JsonProcessingException e) {
    var at = e.getLocation();
    var where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return ADVICE.matcher(e.getOriginalMessage()).replaceAll("") + where;
  }

  /** A string as JSON text; half of a surrogate pair, which UTF-8 cannot hold, stays escaped. */
  static String textOf(String value) {
    return io.vertx.core.json.Json.encodeToBuffer(value).toString();
  }

  /** What could not be read as a message, with the id to answer to where that is known. */
  public static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final McpException answer;

    Unreadable(String id, McpException answer) {
      super(answer.getMessage(), null, false, false);
      this.id = id;
      this.answer = answer;
    }

    /** The id as JSON text, or null. */
    public String id() {
      return id;
    }

    /** What to answer. */
    public McpException answer() {
      return answer;
    }
  }

  static Buffer slice(byte[] bytes, int start, int end) {
    return Buffer.buffer(java.util.Arrays.copyOfRange(bytes, start, end));
  }
}
