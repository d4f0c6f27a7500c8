package io.umbel.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Node;
import io.umbel.contract.ToolVerticle;
import io.umbel.gateway.GatewaySettings.Listening;
import io.umbel.storage.DatabaseUrl;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A gateway with tools in this process, on a port of its own, and the JDK's client in front. */
public final class RunningGateway implements AutoCloseable {

  public static final ClusterSecret SECRET = ClusterSecret.random();

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Map<ToolVerticle, String> deployments = new HashMap<>();
  private final GatewayVerticle gateway;
  private final String gatewayId;

  public RunningGateway(GatewaySettings settings, ToolVerticle... families) {
    this(Clock.systemUTC(), new SimpleMeterRegistry(), settings, families);
  }

  /** One that keeps what is to be kept in that database. */
  public RunningGateway(
      DatabaseUrl database,
      MeterRegistry registry,
      GatewaySettings settings,
      ToolVerticle... families) {
    this(Clock.systemUTC(), registry, database, settings, families);
  }

  /** One that takes its time from that clock and counts there. */
  public RunningGateway(
      Clock clock, MeterRegistry registry, GatewaySettings settings, ToolVerticle... families) {
    this(clock, registry, null, settings, families);
  }

  private RunningGateway(
      Clock clock,
      MeterRegistry registry,
      DatabaseUrl database,
      GatewaySettings settings,
      ToolVerticle... families) {
    if (database != null) {
      database.installOn(vertx);
    }
    var about = new Node.About("umbel", "1.2.3", "test");
    new Node(Node.ALONE, SECRET, clock, about).installOn(vertx);
    for (var family : families) {
      deployments.put(family, vertx.deployVerticle(family).await());
    }
    var names = Set.of(families).stream().map(ToolVerticle::name).toList();
    var listening = new Listening("127.0.0.1", 0, "/mcp");
    gateway =
        new GatewayVerticle(settings.listeningOn(listening).expecting(Set.copyOf(names)), registry);
    gatewayId = vertx.deployVerticle(gateway).await();
  }

  public Vertx vertx() {
    return vertx;
  }

  /** Ends one of its families in good order. */
  public void undeploy(ToolVerticle family) {
    vertx.undeploy(deployments.get(family)).await();
  }

  /** Ends the gateway in good order; its families go on. */
  public void stop() {
    vertx.undeploy(gatewayId).await();
  }

  /** Has it take leave of its clients, as before its end. */
  public io.vertx.core.Future<Void> leave() {
    return gateway.leave();
  }

  public int port() {
    return gateway.port();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + gateway.port() + path);
  }

  /** A POST of that body with those headers, name by value. */
  public HttpResponse<String> post(String body, String... headers) {
    var request = HttpRequest.newBuilder(uri("/mcp")).POST(BodyPublishers.ofString(body));
    request.setHeader("Content-Type", "application/json");
    return send(request, headers);
  }

  public HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      return http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A stateless request, as a well-behaved client sends it. */
  public JsonObject modern(String method, JsonObject params) {
    return new JsonObject(postModern(method, params).body());
  }

  public HttpResponse<String> postModern(String method, JsonObject params) {
    var body = modernBody(method, params);
    var headers = params.containsKey("name")
        ? new String[] {"Mcp-Name", params.getString("name")}
        : new String[] {};
    var all = new java.util.ArrayList<>(java.util.List.of(headers));
    all.addAll(java.util.List.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method));
    return post(body, all.toArray(String[]::new));
  }

  public static String modernBody(String method, JsonObject params) {
    var meta = new JsonObject()
        .put("io.modelcontextprotocol/protocolVersion", "2026-07-28")
        .put("io.modelcontextprotocol/clientCapabilities", new JsonObject());
    return new JsonObject()
        .put("jsonrpc", "2.0")
        .put("id", 1)
        .put("method", method)
        .put("params", params.copy().put("_meta", meta))
        .encode();
  }

  /** Begins a session of that revision and gives its id. */
  public String initialize(String revision) {
    var params = new JsonObject()
        .put("protocolVersion", revision)
        .put("capabilities", new JsonObject())
        .put("clientInfo", new JsonObject().put("name", "test").put("version", "1"));
    var body = new JsonObject()
        .put("jsonrpc", "2.0")
        .put("id", "init")
        .put("method", "initialize")
        .put("params", params);
    return post(body.encode()).headers().firstValue("Mcp-Session-Id").orElseThrow();
  }

  /** A request within a session. */
  public JsonObject legacy(String session, String method, JsonObject params) {
    var body = new JsonObject()
        .put("jsonrpc", "2.0")
        .put("id", 1)
        .put("method", method)
        .put("params", params);
    return new JsonObject(post(body.encode(), "Mcp-Session-Id", session).body());
  }

  /** Begins to end it all. The next test, on a gateway of its own, need not wait for goodbyes. */
  @Override
  public void close() {
    vertx.close();
  }
}
