package io.umbel.gateway.modern;

import io.umbel.contract.Caller;
import io.umbel.gateway.catalog.Kind;
import io.umbel.gateway.changes.Changes;
import io.umbel.gateway.wire.McpRequest;
import io.umbel.gateway.wire.Notifications;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;

/**
 * One {@code subscriptions/listen}: what the client wants to hear of, told with the id it asked
 * under.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/subscriptions">
 *     Subscriptions</a>
 */
final class Listening implements Changes.Watcher {

  private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";
  private static final int MOST_URIS = 1_000;

  private final McpRequest request;
  private final Set<String> lists = new HashSet<>();
  private final Set<String> uris = new HashSet<>();
  private final JsonObject honoured = new JsonObject();
  private final Promise<Void> closing = Promise.promise();

  Listening(McpRequest request) {
    this.request = request;
    var params = request.params().toJsonObject();
    if (params.getValue("notifications") instanceof JsonObject wanted) {
      wantList(wanted, "toolsListChanged", Kind.TOOL);
      wantList(wanted, "promptsListChanged", Kind.PROMPT);
      wantList(wanted, "resourcesListChanged", Kind.RESOURCE);
      wantResources(wanted);
    }
  }

  /** Completes when the client leaves, or this gateway does. */
  Future<Void> over() {
    return Future.any(request.exchange().cancellation().whenCancelled(), closing.future())
        .mapEmpty();
  }

  @Override
  public Caller caller() {
    return request.caller();
  }

  @Override
  public Set<String> resources() {
    return uris;
  }

  @Override
  public void closing() {
    closing.tryComplete();
  }

  /** The first message: what of the wishes is honoured. */
  void acknowledge() {
    tell(
        "notifications/subscriptions/acknowledged",
        new JsonObject().put("notifications", honoured));
  }

  /** The result that ends it: nothing but the id. */
  JsonObject ended() {
    return meta();
  }

  @Override
  public void listChanged(String notification) {
    if (lists.contains(notification)) {
      tell(notification, new JsonObject());
    }
  }

  @Override
  public void resourceChanged(String uri) {
    if (uris.contains(uri)) {
      tell("notifications/resources/updated", new JsonObject().put("uri", uri));
    }
  }

  private void wantList(JsonObject wanted, String wish, Kind kind) {
    if (Boolean.TRUE.equals(wanted.getValue(wish))) {
      lists.add(kind.changed());
      honoured.put(wish, true);
    }
  }

  private void wantResources(JsonObject wanted) {
    if (wanted.getValue("resourceSubscriptions") instanceof JsonArray given) {
      given.stream()
          .filter(String.class::isInstance)
          .limit(MOST_URIS)
          .forEach(uri -> uris.add((String) uri));
      honoured.put("resourceSubscriptions", new JsonArray(uris.stream().sorted().toList()));
    }
  }

  private void tell(String method, JsonObject params) {
    var whole = params.put("_meta", meta()).toBuffer();
    request.exchange().notices().send(Notifications.of(method, whole));
  }

  private JsonObject meta() {
    var id = io.vertx.core.json.Json.decodeValue(request.envelope().id());
    return new JsonObject().put(SUBSCRIPTION, id);
  }
}
