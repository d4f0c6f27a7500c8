package io.umbel.benchmarks.subject;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * The few requests around the measured ones.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic">2026-07-28</a>
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle">2025-11-25</a>
 */
final class Client {

  private static final HttpClient HTTP = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(Duration.ofSeconds(2))
      .build();

  private static final String LIST = """
      {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{\
      "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
      "io.modelcontextprotocol/clientCapabilities":{}}}}""";

  private static final String INITIALIZE = """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"umbel-benchmarks","version":"1"}}}""";

  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

  private final URI uri;

  Client(InetSocketAddress server, String path) {
    this.uri = URI.create(
        "http://" + server.getAddress().getHostAddress() + ":" + server.getPort() + path);
  }

  /** The answer to {@code tools/list}; nothing where there is none, or not status 200. */
  Optional<String> tools() throws InterruptedException {
    var request = post(LIST).header("MCP-Protocol-Version", "2026-07-28");
    try {
      var answer = send(request.header("Mcp-Method", "tools/list"));
      return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Begins a session of revision 2025-11-25: its id. */
  String session() throws IOException, InterruptedException {
    var id = send(post(INITIALIZE))
        .headers()
        .firstValue("Mcp-Session-Id")
        .orElseThrow(() -> new IOException("initialize gave no session"));
    send(post(INITIALIZED)
        .header("MCP-Protocol-Version", "2025-11-25")
        .header("Mcp-Session-Id", id));
    return id;
  }

  private HttpRequest.Builder post(String body) {
    return HttpRequest.newBuilder(uri)
        .timeout(Duration.ofSeconds(5))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .header("Authorization", Token.bearer())
        .POST(BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
