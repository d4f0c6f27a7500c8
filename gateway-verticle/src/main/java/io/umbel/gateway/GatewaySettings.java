package io.umbel.gateway;

import io.umbel.gateway.catalog.Visibility;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How one gateway is set up. {@code docs/configuration.md} names the key behind each of these.
 *
 * @param listening where clients reach it
 * @param trust which browsers and host names it answers
 * @param limits how much of anything it takes
 * @param lists what it shows of what there is, and how
 * @param expected the providers without which it is not ready
 * @param guards what stands between clients and tools
 */
public record GatewaySettings(
    Listening listening,
    Trust trust,
    Limits limits,
    Lists lists,
    Set<String> expected,
    Guards guards) {

  /** With the usual guards. */
  public GatewaySettings(
      Listening listening, Trust trust, Limits limits, Lists lists, Set<String> expected) {
    this(listening, trust, limits, lists, expected, Guards.defaults());
  }

  /**
   * Where clients reach a gateway.
   *
   * @param host the address it binds
   * @param port the port, 0 for any that is free, or -1 where clients come by stdio
   * @param path of the MCP endpoint; {@code path/} and {@code path/v1} answer the same
   */
  public record Listening(String host, int port, String path) {}

  /**
   * Which browsers and host names a gateway answers.
   *
   * @param origins browser origins allowed beside those of this machine
   * @param hosts values of the Host header allowed beside this machine's own names
   */
  public record Trust(List<String> origins, List<String> hosts) {}

  /**
   * How much of anything a gateway takes.
   *
   * @param bodyBytes the largest request body
   * @param resultBytes the largest result; what is larger is cut to a preview
   * @param callTimeout the longest wait for any tool
   * @param sessionLife how long a session of an older client lasts
   * @param streamsPerCaller how many streams one caller may have open on one gateway
   */
  public record Limits(
      int bodyBytes,
      int resultBytes,
      Duration callTimeout,
      Duration sessionLife,
      int streamsPerCaller) {
    /** A hundred streams for each caller. */
    public Limits(int bodyBytes, int resultBytes, Duration callTimeout, Duration sessionLife) {
      this(bodyBytes, resultBytes, callTimeout, sessionLife, 100);
    }
  }

  /**
   * What is shown of what there is, and how it is listed.
   *
   * @param pageSize how many entries a page of a list has
   * @param keepFor how long a client may keep a list
   * @param visibility what is listed and can be called
   */
  public record Lists(int pageSize, Duration keepFor, Visibility visibility) {
    /** Everything is shown. */
    public Lists(int pageSize, Duration keepFor) {
      this(pageSize, keepFor, Visibility.ALL);
    }
  }

  /** Which transports are on, as metadata tells them: {@code {http, stdio}}. */
  public JsonObject transports() {
    return new JsonObject().put("http", listening.port() >= 0).put("stdio", listening.port() < 0);
  }

  /** What is in force where nothing is configured. */
  public static GatewaySettings defaults() {
    return new GatewaySettings(
        new Listening("127.0.0.1", 8080, "/mcp"),
        new Trust(List.of(), List.of()),
        new Limits(1024 * 1024, 512 * 1024, Duration.ofSeconds(30), Duration.ofHours(24)),
        new Lists(100, Duration.ofSeconds(300)),
        Set.of(),
        Guards.defaults());
  }

  public GatewaySettings listeningOn(Listening where) {
    return new GatewaySettings(where, trust, limits, lists, expected, guards);
  }

  public GatewaySettings trusting(Trust other) {
    return new GatewaySettings(listening, other, limits, lists, expected, guards);
  }

  public GatewaySettings limitedTo(Limits other) {
    return new GatewaySettings(listening, trust, other, lists, expected, guards);
  }

  public GatewaySettings listing(Lists other) {
    return new GatewaySettings(listening, trust, limits, other, expected, guards);
  }

  public GatewaySettings expecting(Set<String> providers) {
    return new GatewaySettings(listening, trust, limits, lists, providers, guards);
  }

  public GatewaySettings guardedBy(Guards other) {
    return new GatewaySettings(listening, trust, limits, lists, expected, other);
  }
}
