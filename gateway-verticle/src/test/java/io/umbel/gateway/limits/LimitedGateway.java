package io.umbel.gateway.limits;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.Guards;
import io.umbel.gateway.RunningGateway;
import io.umbel.gateway.SampleTools;
import io.umbel.gateway.limits.RateSettings.Redis;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/** A gateway of its own Vert.x, as an own process would be, that limits what it is asked. */
final class LimitedGateway implements AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RunningGateway gateway;

  private LimitedGateway(RateSettings rates) {
    var settings = GatewaySettings.defaults().guardedBy(Guards.defaults().limiting(rates));
    gateway = new RunningGateway(Clock.systemUTC(), registry, settings, new SampleTools());
  }

  /** One that counts for itself. */
  static LimitedGateway alone(String... rules) {
    return new LimitedGateway(
        new RateSettings(Rules.of(List.of(rules)), null, List.of(AddressRange.of("127.0.0.0/8"))));
  }

  /** One that counts there. */
  static LimitedGateway sharing(Redis redis, String... rules) {
    var rates = new RateSettings(Rules.of(List.of(rules)), redis, List.of());
    return new LimitedGateway(rates);
  }

  RunningGateway gateway() {
    return gateway;
  }

  HttpResponse<String> call(String tool) {
    return gateway.postModern("tools/call", tool(tool));
  }

  HttpResponse<String> list() {
    return gateway.postModern("tools/list", new JsonObject());
  }

  static JsonObject tool(String name) {
    return JsonObject.of("name", name, "arguments", JsonObject.of("a", 1, "b", 2));
  }

  /** The readiness of that dependency, as the probe tells it; null where it is not told of. */
  JsonObject probed(String dependency) {
    return new JsonObject(ready().body()).getJsonObject("dependencies").getJsonObject(dependency);
  }

  HttpResponse<String> ready() {
    return gateway.send(HttpRequest.newBuilder(gateway.uri("/health/ready")));
  }

  boolean hasRedis() {
    return probed("redis").getBoolean("ok");
  }

  /** What it has counted under that name. */
  double counted(String name) {
    return Arrays.stream(registry.scrape().split("\n", -1))
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
