package io.umbel.conformance.through;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A client of one era with a user who answers whatever is asked. */
abstract class Client {

  static final JsonObject CAPABILITIES = new JsonObject("{\"elicitation\":{\"form\":{},\"url\":{}},"
      + "\"sampling\":{},\"roots\":{\"listChanged\":false}}");

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What it was told while it waited, in order. */
  final List<JsonObject> told = new ArrayList<>();

  /** What it was asked, in order. */
  final List<String> asked = new ArrayList<>();

  protected final URI uri;
  private int lastId;

  Client(URI uri) {
    this.uri = uri;
  }

  /** The result of a request, its questions answered, or its error under {@code error}. */
  abstract JsonObject request(String method, JsonObject params);

  JsonObject call(String tool, JsonObject arguments) {
    return request("tools/call", new JsonObject().put("name", tool).put("arguments", arguments));
  }

  /** The names of all that is listed. */
  List<String> names(String method, String member, String name) {
    return request(method, new JsonObject()).getJsonArray(member).stream()
        .map(each -> ((JsonObject) each).getString(name))
        .toList();
  }

  /** What the user says. */
  protected JsonObject answer(String method) {
    asked.add(method);
    return switch (method) {
      case "elicitation/create" ->
        JsonObject.of(
            "action", "accept", "content", JsonObject.of("response", "yes", "name", "Ann"));
      case "sampling/createMessage" ->
        JsonObject.of(
            "role",
            "assistant",
            "model",
            "m",
            "content",
            JsonObject.of("type", "text", "text", "pong"));
      default -> JsonObject.of("roots", new JsonArray().add(JsonObject.of("uri", "file:///r")));
    };
  }

  protected JsonObject message(String method, JsonObject params) {
    return new JsonObject()
        .put("jsonrpc", "2.0")
        .put("id", ++lastId)
        .put("method", method)
        .put("params", params);
  }

  protected HttpResponse<Stream<String>> post(JsonObject message, String... headers) {
    var request = HttpRequest.newBuilder(uri)
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(BodyPublishers.ofString(message.encode()));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofLines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The messages of an answer, whether it is one or a stream of events, as they come. */
  protected static Stream<JsonObject> messages(HttpResponse<Stream<String>> response) {
    return response
        .body()
        .map(line -> line.startsWith("data:") ? line.substring(5).strip() : line)
        .filter(line -> line.startsWith("{"))
        .map(JsonObject::new);
  }
}
