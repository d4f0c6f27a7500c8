package io.umbel.gateway.http;

import io.umbel.gateway.identity.ProtectedResource;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Tells clients, and pages of any origin, who issues tokens for this gateway. No token needed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-3">RFC 9728, section 3</a>
 */
final class ResourceMetadata {

  private final ProtectedResource resource;

  ResourceMetadata(ProtectedResource resource) {
    this.resource = resource;
  }

  void routeOn(Router router) {
    for (var path : resource.metadataPaths()) {
      router.get(path).handler(this::tell);
      router.options(path).handler(ResourceMetadata::allow);
    }
  }

  private void tell(RoutingContext context) {
    context
        .response()
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .putHeader(HttpHeaders.CACHE_CONTROL, "max-age=300");
    context.json(resource.metadata());
  }

  private static void allow(RoutingContext context) {
    context
        .response()
        .setStatusCode(204)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET")
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "*")
        .end();
  }
}
