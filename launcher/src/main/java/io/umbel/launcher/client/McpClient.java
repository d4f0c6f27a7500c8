package io.umbel.launcher.client;

import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.node.Product;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Asks a gateway, statelessly, over HTTP. Every failure is a {@link Refusal} with a sentence.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">
 *     Streamable HTTP</a>
 */
public final class McpClient {

  private static final String REVISION = "2026-07-28";
  private static final String META = "io.modelcontextprotocol/";
  private static final int CONNECT_MILLIS = 5_000;

  private final HttpClient http;
  private final URI url;
  private final String token;
  private int lastId;

  /**
   * A client of that gateway.
   *
   * @param token sent as a bearer token, or null
   */
  public McpClient(Vertx vertx, URI url, String token) {
    this.http = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS));
    this.url = url;
    this.token = token;
  }

  /** All tools, page after page. */
  public Future<List<JsonObject>> tools() {
    return tools(new JsonObject(), new ArrayList<>());
  }

  /** The result of calling a tool, which may itself say that the tool failed. */
  public Future<JsonObject> call(String tool, JsonObject arguments) {
    return ask("tools/call", new JsonObject().put("name", tool).put("arguments", arguments));
  }

  private Future<List<JsonObject>> tools(JsonObject params, List<JsonObject> before) {
    return ask("tools/list", params).compose(page -> {
      page.getJsonArray("tools", new JsonArray()).forEach(tool -> before.add((JsonObject) tool));
      var next = page.getString("nextCursor");
      return next == null
          ? Future.succeededFuture(before)
          : tools(new JsonObject().put("cursor", next), before);
    });
  }

  private Future<JsonObject> ask(String method, JsonObject params) {
    var id = ++lastId;
    var message = new JsonObject()
        .put("jsonrpc", "2.0")
        .put("id", id)
        .put("method", method)
        .put("params", params.put("_meta", meta()));
    return request()
        .compose(request -> send(request, message))
        .compose(response -> response
            .body()
            .map(body -> new Answer(url, response.statusCode(), body, token != null)
                .to(id, isStream(response))))
        .recover(failure -> Future.failedFuture(asRefusal(failure)));
  }

  private Future<HttpClientRequest> request() {
    try {
      return http.request(
          new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url.toString()));
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private Future<HttpClientResponse> send(HttpClientRequest request, JsonObject message) {
    var name = message.getJsonObject("params").getString("name");
    put(request.headers(), message.getString("method"), name);
    return request.send(message.toBuffer());
  }

  private void put(MultiMap headers, String method, String name) {
    headers
        .set(HttpHeaders.CONTENT_TYPE, "application/json")
        .set(HttpHeaders.ACCEPT, "application/json, text/event-stream")
        .set("MCP-Protocol-Version", REVISION)
        .set("Mcp-Method", method);
    if (name != null) {
      headers.set("Mcp-Name", encoded(name));
    }
    if (token != null) {
      headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + token);
    }
  }

  /** What a header cannot hold as it is travels in base64. */
  private static String encoded(String name) {
    if (name.matches("[!-~]+( [!-~]+)*") && !name.startsWith("=?")) {
      return name;
    }
    var bytes = name.getBytes(StandardCharsets.UTF_8);
    return "=?base64?" + Base64.getEncoder().encodeToString(bytes) + "?=";
  }

  private static JsonObject meta() {
    var client = new JsonObject().put("name", "umbel-cli").put("version", Product.version());
    return new JsonObject()
        .put(META + "protocolVersion", REVISION)
        .put(META + "clientCapabilities", new JsonObject())
        .put(META + "clientInfo", client);
  }

  private static boolean isStream(HttpClientResponse response) {
    var type = response.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.startsWith("text/event-stream");
  }

  private Throwable asRefusal(Throwable failure) {
    return failure instanceof Refusal ? failure : Refusal.unreachable(url, Refusal.reason(failure));
  }
}
