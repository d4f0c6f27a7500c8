package io.umbel.launcher.client;

import io.umbel.launcher.exit.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * One answer over HTTP: a JSON-RPC response as the body, or as one of the events of a stream.
 *
 * @param url who was asked
 * @param hadToken whether a token was shown
 */
record Answer(URI url, int status, Buffer body, boolean hadToken) {

  private static final String FIELD = "data:";

  /**
   * The result that answers that request.
   *
   * @param isStream whether the body is a stream of events
   * @throws Refusal if it is an error, or no answer at all
   */
  JsonObject to(int id, boolean isStream) {
    if (status == 401) {
      throw Refusal.unauthorized(url, hadToken);
    }
    var response = (isStream ? inStream(id) : inBody()).orElseThrow(this::notMcp);
    var error = response.getJsonObject("error");
    if (error != null && status == 403) {
      throw Refusal.forbidden(url, error.getString("message"));
    }
    if (error != null) {
      throw Refusal.failed(error.getString("message") + " (" + error.getInteger("code") + ")");
    }
    return Optional.ofNullable(response.getJsonObject("result")).orElseThrow(this::notMcp);
  }

  private Optional<JsonObject> inBody() {
    return read(body.toString()).filter(json -> json.containsKey("jsonrpc"));
  }

  private Optional<JsonObject> inStream(int id) {
    return body.toString()
        .lines()
        .filter(line -> line.startsWith(FIELD))
        .map(line -> read(line.substring(FIELD.length())))
        .flatMap(Optional::stream)
        .filter(json -> Objects.equals(json.getValue("id"), id))
        .findFirst();
  }

  private static Optional<JsonObject> read(String text) {
    try {
      return Optional.of(new JsonObject(text));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  private Refusal notMcp() {
    return Refusal.unreachable(
        url, "what is there does not speak MCP (HTTP status " + status + ")");
  }
}
