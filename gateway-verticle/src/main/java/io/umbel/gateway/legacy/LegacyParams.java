package io.umbel.gateway.legacy;

import io.umbel.gateway.wire.Envelope;
import io.vertx.core.buffer.Buffer;

/** Makes the params of an older client's request what a stateless client would have sent. */
final class LegacyParams {

  private static final Buffer META = Buffer.buffer("\"_meta\":{");

  private LegacyParams() {}

  /** The same bytes, with the session's facts in {@code _meta}; they win over what is there. */
  static Buffer asStateless(Envelope.Params params, Session session, String logLevel) {
    var members = session
        .metaMembers()
        .copy()
        .appendString(",\"io.modelcontextprotocol/logLevel\":\"" + logLevel + "\"");
    if (params.json() == null) {
      return Buffer.buffer("{").appendBuffer(META).appendBuffer(members).appendString("}}");
    }
    var json = params.json();
    var at = params.meta().at();
    return at.isThere() ? intoMeta(json, at.end() - 1, members) : asFirstMember(json, members);
  }

  private static Buffer asFirstMember(Buffer json, Buffer members) {
    var whole = Buffer.buffer(json.length() + members.length() + 16).appendString("{");
    whole.appendBuffer(META).appendBuffer(members).appendString("}");
    var rest = json.getBuffer(1, json.length());
    return (isEmpty(json) ? whole : whole.appendString(",")).appendBuffer(rest);
  }

  /** Before the closing brace of {@code _meta}. */
  private static Buffer intoMeta(Buffer json, int closing, Buffer members) {
    var whole = Buffer.buffer(json.length() + members.length() + 1);
    whole.appendBuffer(json, 0, closing);
    if (lastVisible(json, closing) != '{') {
      whole.appendString(",");
    }
    return whole.appendBuffer(members).appendBuffer(json, closing, json.length() - closing);
  }

  private static boolean isEmpty(Buffer object) {
    return lastVisible(object, object.length() - 1) == '{';
  }

  /** The last byte before that offset which is not white space. */
  private static byte lastVisible(Buffer json, int before) {
    var i = before - 1;
    while (i > 0 && json.getByte(i) <= ' ') {
      i--;
    }
    return json.getByte(i);
  }
}
