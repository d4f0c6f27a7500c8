package io.umbel.registry.upstream.rpc;

import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.json.JsonObject;

/** Something a server says without being asked, and whom it is for. */
record Notification(String method, JsonObject params) {

  private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

  /** A hearing of a stream of notices, which begins with what the server will tell of. */
  interface Acknowledged extends io.umbel.registry.upstream.Upstream.Hearing {

    /** The stream has begun. */
    void acknowledged(JsonObject notifications);
  }

  void deliver(Peer peer, Long within) {
    switch (method) {
      case "notifications/progress" -> progress(peer.request(number(params.getValue(Ask.TOKEN))));
      case "notifications/message" -> log(within == null ? peer.onlyCall() : peer.request(within));
      case "notifications/cancelled" -> withdraw(peer, number(params.getValue("requestId")));
      case "notifications/subscriptions/acknowledged" ->
        acknowledge(peer.request(within == null ? subscription() : within));
      default -> notice(peer);
    }
  }

  private void progress(Pending request) {
    if (request != null) {
      request.progress(params);
    }
  }

  private void log(Pending request) {
    if (request != null) {
      request.log(params);
    }
  }

  /** A server of no sessions ends a stream of notices so where streams share a line. */
  private void withdraw(Peer peer, Long id) {
    var request = peer.request(id);
    if (request != null && request.isStream()) {
      peer.failed(id, new UpstreamFailure(Reason.UNREACHABLE, "The server ended the stream", true));
    }
  }

  private void acknowledge(Pending request) {
    if (request != null && request.hearing() instanceof Acknowledged stream) {
      var honoured = params.getValue("notifications") instanceof JsonObject some ? some : params;
      stream.acknowledged(honoured);
    }
  }

  private void notice(Peer peer) {
    var notices = peer.notices();
    if (notices == null) {
      return;
    }
    switch (method) {
      case "notifications/tools/list_changed" -> notices.listChanged("tools");
      case "notifications/prompts/list_changed" -> notices.listChanged("prompts");
      case "notifications/resources/list_changed" -> notices.listChanged("resources");
      case "notifications/resources/updated" -> {
        if (params.getValue("uri") instanceof String uri) {
          notices.resourceUpdated(uri);
        }
      }
      default -> {} // nothing that anybody here could use
    }
  }

  private Long subscription() {
    return params.getValue(Ask.META) instanceof JsonObject meta
        ? number(meta.getValue(SUBSCRIPTION))
        : null;
  }

  private static Long number(Object value) {
    return value instanceof Number number ? number.longValue() : null;
  }
}
