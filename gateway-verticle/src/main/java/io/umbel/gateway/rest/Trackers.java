package io.umbel.gateway.rest;

import io.umbel.gateway.audit.RemoteChanges;
import io.umbel.gateway.call.ProviderRequests;
import java.util.Map;
import java.util.Set;

/** Trackers, which the family {@code issues} keeps. */
public final class Trackers implements RestRoutes {

  /** The provider that keeps them. */
  private static final String ISSUES = "issues";

  private static final Set<String> LOOKS =
      Set.of("listTrackers", "getTracker", "testNewTracker", "getTrackerSync");
  private static final Set<String> CHANGES = Set.of(
      "createTracker",
      "updateTracker",
      "deleteTracker",
      "testTracker",
      "syncTracker",
      "createTrackerWebhook",
      "deleteTrackerWebhook");

  private final RestRoutes routes;

  public Trackers(ProviderRequests providers, RemoteChanges changes) {
    routes = new ProviderRoutes(ISSUES, LOOKS, CHANGES, providers, changes);
  }

  @Override
  public Map<String, RestHandler> operations() {
    return routes.operations();
  }
}
