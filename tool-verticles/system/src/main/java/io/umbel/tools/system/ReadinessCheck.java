package io.umbel.tools.system;

import io.umbel.contract.Announcement;
import io.umbel.contract.Call;
import io.umbel.contract.Roster;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code readiness_check}: asks everything this system is made of whether it is there, all at once:
 * the gateway that holds the call, what that depends on, and one instance of each provider heard
 * of.
 */
final class ReadinessCheck {

  private static final String CLUSTER = "cluster";
  private static final String REGISTRY = "registry";

  private Probe probe;
  private Roster roster;

  /** Begins to hear of providers. */
  Future<Void> open(Vertx vertx) {
    probe = new Probe(vertx);
    roster = new Roster(vertx, new Indifferent());
    return roster.open();
  }

  Tool tool() {
    var description = "Tells whether the system is ready: probes the cluster, the registry, "
        + "every tool provider and what the gateway depends on, each within a second.";
    return Tool.named("readiness_check", description, Schema.object(), this::check)
        .titled("Readiness check")
        .returns(output());
  }

  private Future<ToolResult> check(ToolCall call) {
    return of(call.origin()).map(ToolResult::of);
  }

  /** How everything is, seen from the gateway that holds that call. */
  Future<JsonObject> of(Call call) {
    Map<String, Future<JsonObject>> probes = new TreeMap<>();
    probes.put(REGISTRY, Probe.unheard());
    addresses().forEach((provider, address) -> probes.put(provider, probe.at(address)));
    var gateway = call.trail().gateway();
    probes.put(CLUSTER, probe.at(gateway));
    var outside = probe.dependenciesOf(gateway);
    return Future.join(List.copyOf(probes.values()))
        .compose(done -> outside)
        .map(found -> result(probes, found));
  }

  /** The address of one instance of each provider. */
  private Map<String, String> addresses() {
    Map<String, String> addresses = new TreeMap<>();
    for (var present : roster.present()) {
      addresses.putIfAbsent(present.instance().provider(), present.instance().address());
    }
    return addresses;
  }

  private static JsonObject result(Map<String, Future<JsonObject>> probes, JsonObject outside) {
    var dependencies = outside.copy();
    probes.forEach((name, probed) -> dependencies.put(name, probed.result()));
    var ready = dependencies.fieldNames().stream()
        .allMatch(name -> dependencies.getJsonObject(name).getBoolean("ok"));
    return new JsonObject()
        .put("status", ready ? "ready" : "degraded")
        .put("dependencies", dependencies);
  }

  private static Schema output() {
    var probed = Schema.object()
        .flag("ok", "Whether it answered")
        .number("latency_ms", "How long that took, in milliseconds")
        .text("error", "Why it is not ok")
        .require("ok", "latency_ms");
    var dependencies = new JsonObject()
        .put("type", "object")
        .put("description", "What the system is made of, by name")
        .put("additionalProperties", probed.toJson());
    return Schema.object()
        .choice("status", "Whether all of it is ok", "ready", "degraded")
        .property("dependencies", dependencies)
        .require("status", "dependencies");
  }

  /** Comings and goings matter only when somebody asks. */
  private static final class Indifferent implements Roster.Watcher {
    @Override
    public void here(Announcement announcement) {}

    @Override
    public void gone(Announcement announcement, Roster.Leave why) {}
  }
}
