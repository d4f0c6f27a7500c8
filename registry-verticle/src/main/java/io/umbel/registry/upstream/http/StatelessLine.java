package io.umbel.registry.upstream.http;

import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.rpc.Line;
import io.umbel.registry.upstream.rpc.Peer;
import io.umbel.registry.upstream.rpc.Revisions;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Streamable HTTP of 2026-07-28: a POST for each request, whose headers repeat what its body says.
 * Closing its answer is what cancels it.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">
 *     Streamable HTTP</a>
 */
final class StatelessLine implements Line {

  private static final Set<String> NAMED = Set.of("tools/call", "prompts/get");

  private final Courier courier;
  private final URI url;
  private final ParamHeaders params;
  private final Map<Long, Exchange> open = new HashMap<>();
  private Peer peer;

  StatelessLine(Courier courier, URI url, ParamHeaders params) {
    this.courier = courier;
    this.url = url;
    this.params = params;
  }

  /** Whom what comes is for. */
  StatelessLine to(Peer receiver) {
    peer = receiver;
    return this;
  }

  @Override
  public Future<Void> send(Outgoing message) {
    if (message.request() == null) {
      return Future.succeededFuture(); // this era has no other messages
    }
    var request = message.request();
    var exchange = courier.exchange();
    open.put(request, exchange);
    var sending = new Sending(
        HttpMethod.POST, url, Courier.traced(headers(message), message.json()), message.bytes());
    return courier
        .send(sending, exchange)
        .compose(answer -> read(answer, exchange, message))
        .onComplete(done -> open.remove(request));
  }

  @Override
  public boolean hangUp(long request) {
    var exchange = open.remove(request);
    if (exchange != null) {
      exchange.abort();
    }
    return true;
  }

  @Override
  public Future<Void> close() {
    List.copyOf(open.keySet()).forEach(this::hangUp);
    return Future.succeededFuture();
  }

  private Future<Void> read(HttpClientResponse answer, Exchange exchange, Outgoing message) {
    var request = message.request();
    if (!Replies.isStream(answer)) {
      return exchange.body(answer).compose(body -> Replies.whole(answer, body, peer, request));
    }
    return exchange
        .events(answer, event -> event(event, exchange, request), retry -> {})
        .compose(end -> peer.isOpen(request)
            ? Future.failedFuture(new UpstreamFailure(
                Reason.UNREACHABLE, "The server ended its stream before the answer", true))
            : Future.<Void>succeededFuture());
  }

  private void event(Event event, Exchange exchange, long request) {
    if (event.isMessage() && peer.isOpen(request)) {
      peer.receive(event.data(), request);
      if (!peer.isOpen(request)) {
        exchange.linger();
      }
    }
  }

  private MultiMap headers(Outgoing message) {
    var method = message.method();
    var asked = message.json().getJsonObject("params", new JsonObject());
    var headers = Courier.headers()
        .set("MCP-Protocol-Version", Revisions.STATELESS)
        .set("Mcp-Method", method);
    if (NAMED.contains(method)) {
      headers.set("Mcp-Name", HeaderText.encoded(asked.getString("name", "")));
    } else if (method.equals("resources/read")) {
      headers.set("Mcp-Name", HeaderText.encoded(asked.getString("uri", "")));
    }
    if (method.equals("tools/call")) {
      params.write(asked, headers);
    }
    return headers;
  }
}
