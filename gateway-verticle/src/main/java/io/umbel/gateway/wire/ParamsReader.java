package io.umbel.gateway.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.umbel.gateway.wire.Envelope.Continued;
import io.umbel.gateway.wire.Envelope.Facts;
import io.umbel.gateway.wire.Envelope.Params;
import io.umbel.gateway.wire.RequestMeta.Claim;
import io.umbel.gateway.wire.RequestMeta.ClientFacts;
import io.umbel.gateway.wire.RequestMeta.Span;
import io.umbel.gateway.wire.RequestMeta.Trace;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/** Reads one {@code params} object: the second half of {@link EnvelopeReader}. */
final class ParamsReader {

  private static final String PREFIX = "io.modelcontextprotocol/";

  private final byte[] bytes;
  private final JsonParser parser;
  private final int start;
  private String problem;
  private boolean named;
  private String name;
  private String uri;
  private String cursor;
  private String state;
  private Buffer responses;
  private Buffer arguments;
  private String requestId;
  private Span meta = Span.NONE;
  private Claim claim = Claim.NONE;
  private Buffer capabilities;
  private Buffer logLevel;
  private Buffer progressToken;
  private String traceParent;
  private String traceState;

  ParamsReader(byte[] bytes, JsonParser parser, int start) {
    this.bytes = bytes;
    this.parser = parser;
    this.start = start;
  }

  /** The parser stands on the object's first token before, and on its last one after. */
  Params read() throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var member = parser.currentName();
      parser.nextToken();
      member(member);
    }
    return new Params(
        EnvelopeReader.slice(bytes, start, here()),
        new Facts(name, uri, cursor, arguments, requestId, continued()),
        new RequestMeta(
            meta, claim, new ClientFacts(capabilities, logLevel, progressToken), trace()));
  }

  private Trace trace() {
    return traceParent == null ? Trace.NONE : new Trace(traceParent, traceState);
  }

  private Continued continued() {
    return state == null && responses == null ? Continued.NONE : new Continued(state, responses);
  }

  /** Why the object may not be used, or null. */
  String problem() {
    return problem;
  }

  private void member(String member) throws IOException {
    switch (member) {
      case "name" -> readName();
      case "uri" -> uri = once(member, uri, text());
      case "requestState" -> state = once(member, state, textOrJson());
      case "inputResponses" -> responses = once(member, responses, value());
      case "cursor" -> cursor = once(member, cursor, textOrJson());
      case "arguments" -> arguments = once(member, arguments, value());
      case "requestId" -> requestId = once(member, requestId, value().toString());
      case "_meta" -> readMeta();
      default -> parser.skipChildren();
    }
  }

  /** One that is no text reads as absent, but was there. */
  private void readName() throws IOException {
    name = once("name", named ? this : null, text());
    named = true;
  }

  private void readMeta() throws IOException {
    if (meta.isThere() || parser.currentToken() != JsonToken.START_OBJECT) {
      problem = "\"_meta\" must be one object";
      parser.skipChildren();
      return;
    }
    var first = tokenStart();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var key = parser.currentName();
      parser.nextToken();
      metaMember(key);
    }
    meta = new Span(first - start, here() - start);
  }

  private void metaMember(String key) throws IOException {
    switch (key) {
      case PREFIX + "protocolVersion" ->
        claim = once(key, claim.present() ? claim : null, new Claim(true, text()));
      case PREFIX + "clientCapabilities" -> capabilities = once(key, capabilities, value());
      case "progressToken" -> progressToken = once(key, progressToken, value());
      case "traceparent" -> traceParent = once(key, traceParent, text());
      case "tracestate" -> traceState = once(key, traceState, text());
      case PREFIX + "logLevel" -> logLevel = once(key, logLevel, value());
      default -> parser.skipChildren();
    }
  }

  private <T> T once(String member, Object before, T now) {
    if (before != null) {
      problem = "\"" + member + "\" is there twice";
    }
    return now;
  }

  private String text() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return null;
  }

  /** A cursor of a wrong type is one that cannot be opened: it must not read as absent. */
  private String textOrJson() throws IOException {
    return parser.currentToken() == JsonToken.VALUE_STRING
        ? parser.getText()
        : value().toString();
  }

  /** The bytes of the current value, whatever it is. */
  private Buffer value() throws IOException {
    var first = tokenStart();
    if (parser.currentToken().isScalarValue()) {
      parser.finishToken();
      return scalar();
    }
    parser.skipChildren();
    return EnvelopeReader.slice(bytes, first, here());
  }

  /** A number's end is known only from what follows it, so scalars are written anew. */
  private Buffer scalar() throws IOException {
    return parser.currentToken() == JsonToken.VALUE_STRING
        ? Buffer.buffer(EnvelopeReader.textOf(parser.getText()))
        : Buffer.buffer(parser.getText());
  }

  private int tokenStart() {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  private int here() {
    return (int) parser.currentLocation().getByteOffset();
  }
}
