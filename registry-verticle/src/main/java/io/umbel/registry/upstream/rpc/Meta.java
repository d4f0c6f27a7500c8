package io.umbel.registry.upstream.rpc;

import io.umbel.contract.LogLevel;
import io.umbel.registry.upstream.Upstream.Question;
import io.vertx.core.json.JsonObject;

/** Makes requests of questions: the {@code _meta} that each era wants. */
final class Meta {

  private static final String PREFIX = "io.modelcontextprotocol/";
  private static final String VERSION = PREFIX + "protocolVersion";
  private static final String CAPABILITIES = PREFIX + "clientCapabilities";
  private static final String CLIENT = PREFIX + "clientInfo";
  private static final String LOG_LEVEL = PREFIX + "logLevel";

  private Meta() {}

  /** With what only sessions know taken out, since it was said when the session began. */
  static Ask ofSession(Question question) {
    var asked = meta(question.params());
    if (asked == null) {
      return new Ask(question.method(), question.params(), question.timeout());
    }
    var meta = Ask.shallow(asked);
    for (var said : new String[] {VERSION, CAPABILITIES, CLIENT, LOG_LEVEL}) {
      meta.remove(said);
    }
    var params = Ask.with(question.params(), Ask.META, meta);
    if (meta.isEmpty()) {
      params.remove(Ask.META);
    }
    return new Ask(question.method(), params, question.timeout(), level(asked));
  }

  /** With what each request has to say where there are no sessions. */
  static Ask stateless(Question question, Self self) {
    var asked = meta(question.params());
    var params = stateless(question.params(), self);
    return new Ask(question.method(), params, question.timeout(), level(asked));
  }

  /** The same for a request of our own. */
  static JsonObject stateless(JsonObject params, Self self) {
    var asked = meta(params);
    var meta = asked == null ? new JsonObject() : Ask.shallow(asked);
    meta.put(VERSION, Revisions.STATELESS).put(CLIENT, self.client());
    if (!(meta.getValue(CAPABILITIES) instanceof JsonObject)) {
      meta.put(CAPABILITIES, self.capabilities());
    }
    return Ask.with(params == null ? new JsonObject() : params, Ask.META, meta);
  }

  private static LogLevel level(JsonObject meta) {
    return meta == null ? null : LogLevel.of(meta.getString(LOG_LEVEL));
  }

  private static JsonObject meta(JsonObject params) {
    return params != null && params.getValue(Ask.META) instanceof JsonObject meta ? meta : null;
  }
}
