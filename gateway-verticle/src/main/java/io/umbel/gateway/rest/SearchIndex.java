package io.umbel.gateway.rest;

import io.umbel.gateway.audit.RemoteChanges;
import io.umbel.gateway.call.ProviderRequests;
import java.util.Map;
import java.util.Set;

/** The index of issues that the family {@code search} keeps. */
public final class SearchIndex implements RestRoutes {

  /** The provider that keeps it. */
  private static final String SEARCH = "search";

  private final RestRoutes routes;

  public SearchIndex(ProviderRequests providers, RemoteChanges changes) {
    routes = new ProviderRoutes(
        SEARCH, Set.of("getSearchIndex"), Set.of("rebuildSearchIndex"), providers, changes);
  }

  @Override
  public Map<String, RestHandler> operations() {
    return routes.operations();
  }
}
