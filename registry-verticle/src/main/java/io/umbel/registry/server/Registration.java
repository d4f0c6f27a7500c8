package io.umbel.registry.server;

import io.umbel.registry.server.Policy.Limits;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody says of a server, as REST and the operator's setting put it, read and checked. All
 * that is wrong is found at once.
 */
public final class Registration {

  /** How an endpoint is spoken to. */
  public static final String HTTP = "streamable_http";

  /** HTTP with server-sent events. */
  public static final String SSE = "sse";

  /** A process. */
  public static final String STDIO = "stdio";

  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_NAMESPACE = 32;
  private static final int MOST_TOOLS = 1_000;

  /** What comes with the house, or may once: tools of these begin with their word. */
  private static final Set<String> RESERVED = Set.of(
      "ci",
      "code",
      "compliance",
      "demo",
      "forms",
      "fs",
      "gateway",
      "git",
      "issues",
      "kb",
      "llm",
      "project",
      "projects",
      "registry",
      "search",
      "server",
      "system",
      "umbel",
      "health",
      "readiness",
      "catalog",
      "create",
      "update",
      "delete",
      "list",
      "get",
      "fetch");

  private static final Set<String> MEMBERS = Stream.concat(
          ServerTable.MEMBERS.stream(), Stream.of("trusted"))
      .collect(Collectors.toUnmodifiableSet());

  /**
   * One thing that is wrong.
   *
   * @param pointer where, as a JSON pointer
   * @param message what, beginning with a verb
   */
  public record Wrong(String pointer, String message) {}

  private final List<Wrong> wrongs = new ArrayList<>();
  private final Fields fields;
  private final String name;
  private final String namespace;
  private final Endpoint endpoint;
  private final Policy policy;

  private Registration(JsonObject said, boolean pinned) {
    fields = new Fields(said, "/", wrongs);
    fields.checkNames(MEMBERS);
    name = name();
    namespace = namespace();
    fields.text("description");
    endpoint = new EndpointForm(fields).read();
    policy = policy(pinned);
  }

  /**
   * That, read.
   *
   * @param pinned whether changed definitions stay hidden where it does not say
   */
  public static Registration of(JsonObject said, boolean pinned) {
    return new Registration(said, pinned);
  }

  /** All that is wrong with it; what else there is counts only where this is empty. */
  public List<Wrong> wrongs() {
    return List.copyOf(wrongs);
  }

  /** As a server. */
  public Server server(Server.Key key, long version) {
    return new Server(key, name, namespace, endpoint, policy, version);
  }

  /** The one of these words that transport means, or null. */
  public static String transport(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case HTTP, "http-streaming", "http", "streamable-http", "streamablehttp" -> HTTP;
      case SSE -> SSE;
      case STDIO -> STDIO;
      default -> null;
    };
  }

  /** {@code active} or {@code inactive}, or null; that it starts or fails is found, not said. */
  public static String status(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "active", "starting", "error" -> "active";
      case "inactive", "disabled" -> "inactive";
      default -> null;
    };
  }

  /** A namespace made of a name. */
  public static String slug(String name) {
    var slug = words(name);
    return slug.isEmpty() || RESERVED.contains(slug) ? (slug + "-mcp").replaceAll("^-", "") : slug;
  }

  /** The namespace that a server would have by its name, were that not reserved; else null. */
  public static String reservedFor(Server server) {
    var words = words(server.name());
    return RESERVED.contains(words) && slug(server.name()).equals(server.namespace())
        ? words
        : null;
  }

  private static String words(String name) {
    var words = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    var cut = words.substring(0, Math.min(words.length(), LONGEST_NAMESPACE));
    return cut.replaceAll("^-+|-+$", "");
  }

  private String name() {
    var text = fields.needed("name", "is missing: give the server a name");
    if (text != null && (text.length() > LONGEST_NAME || !text.matches("\\P{Cntrl}+"))) {
      fields.wrong("name", "has to be 1 to 255 characters, none of them a control character");
    }
    return text;
  }

  private String namespace() {
    if (!fields.has("namespace")) {
      return name == null ? null : slug(name);
    }
    var text = fields.text("namespace");
    if (text != null && !text.matches("[a-z0-9-]{1,32}")) {
      fields.wrong("namespace", "has to be 1 to 32 of a-z, 0-9 and -");
    } else if (text != null && RESERVED.contains(text)) {
      fields.wrong(
          "namespace", "is reserved; so are: " + String.join(", ", new TreeSet<>(RESERVED)));
    }
    return text;
  }

  private Policy policy(boolean pinned) {
    var status = fields.has("status") ? fields.text("status") : "active";
    if (status != null && status(status) == null) {
      fields.wrong("status", "has to be one of active, inactive");
    }
    var tools = fields.texts("enabled_tools", MOST_TOOLS);
    return new Policy(
        status != null && "active".equals(status(status)),
        fields.flag("trusted", false),
        tools.isEmpty() ? null : Set.copyOf(tools),
        fields.flag("pin_tools", pinned),
        fields.flag("serve_stale_tools", true),
        limits());
  }

  private Limits limits() {
    var usual = Limits.USUAL;
    var timeout = fields.whole("timeout_ms", 100, 300_000, (int) usual.timeout().toMillis());
    var cooldown = fields.whole(
        "breaker_cooldown_ms", 100, 3_600_000, (int) usual.cooldown().toMillis());
    return new Limits(
        Duration.ofMillis(timeout),
        fields.whole("max_retries", 0, 5, usual.retries()),
        fields.whole("max_concurrency", 1, 100, usual.concurrency()),
        fields.whole("breaker_threshold", 1, 100, usual.threshold()),
        Duration.ofMillis(cooldown));
  }
}
