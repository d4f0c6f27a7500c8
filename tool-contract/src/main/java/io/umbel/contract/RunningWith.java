package io.umbel.contract;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings in force in a process, by key, for people to look at. Whoever installs them has put
 * {@code ***} in place of every secret: nothing here ever held one.
 */
public record RunningWith(Map<String, String> settings) implements Shareable {

  private static final String ROOM = "umbel";

  public RunningWith {
    settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /** Makes these the settings that are shown on that Vert.x. */
  public void installOn(Vertx vertx) {
    vertx.sharedData().<String, RunningWith>getLocalMap(ROOM).put("settings", this);
  }

  /** Those of that Vert.x; none where nobody installed any. */
  public static RunningWith of(Vertx vertx) {
    var there = vertx.sharedData().<String, RunningWith>getLocalMap(ROOM).get("settings");
    return there == null ? new RunningWith(Map.of()) : there;
  }
}
