package io.umbel.launcher.settings;

import static io.umbel.launcher.settings.Kind.choice;
import static io.umbel.launcher.settings.Kind.flag;
import static io.umbel.launcher.settings.Kind.form;
import static io.umbel.launcher.settings.Kind.hidden;
import static io.umbel.launcher.settings.Kind.list;
import static io.umbel.launcher.settings.Kind.secret;
import static io.umbel.launcher.settings.Kind.server;
import static io.umbel.launcher.settings.Kind.text;
import static io.umbel.launcher.settings.Kind.whole;

import io.umbel.gateway.access.TagScopes;
import io.umbel.gateway.catalog.Visibility;
import io.umbel.gateway.limits.AddressRange;
import io.umbel.gateway.limits.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that can be set; this is the table of all there are. {@code docs/configuration.md} says
 * the same in more words, and a test holds the two together.
 *
 * @param key its name in a file
 * @param kind what its value has to be
 * @param absent what is in force where nothing is said, as a text; empty for nothing at all
 * @param doc one line on what it is for
 */
public record Key(String key, Kind kind, String absent, String doc) {

  private static final List<Key> TABLE = new ArrayList<>();

  public static final Key ENABLE_HTTP =
      key("mcp.enable.http", flag(), "true", "Serve MCP over HTTP.");
  public static final Key ENABLE_STDIO =
      key("mcp.enable.stdio", flag(), "true", "Serve MCP on standard input and output.");
  public static final Key PATH = key(
      "mcp.path",
      form("(/[A-Za-z0-9._~-]+)+", "a path such as /mcp"),
      "/mcp",
      "Path of the MCP endpoint; the same with `/` or `/v1` behind it answers too.");
  public static final Key REQUEST_TIMEOUT = key(
      "mcp.request.timeout.seconds",
      whole(1, 3600),
      "30",
      "The longest a call may take, whatever its tool allows itself.");
  public static final Key MAX_RESULT = key(
      "mcp.max.result.bytes",
      whole(1024, 1048576),
      "524288",
      "A larger result is cut to a preview.");
  public static final Key MAX_BODY =
      key("mcp.max.body.bytes", whole(1024, 1048576), "1048576", "The largest request body.");
  public static final Key MAX_STREAMS = key(
      "mcp.max.streams.per.caller",
      whole(1, 10000),
      "100",
      "How many streams one caller may have open on one gateway.");
  public static final Key LIST_PAGE =
      key("mcp.list.page.size", whole(1, 1000), "100", "How many entries a page of a list has.");
  public static final Key LIST_KEEP = key(
      "mcp.list.keep.seconds",
      whole(0, 86400),
      "300",
      "How long clients may keep a list before they ask again.");
  public static final Key VISIBILITY = key(
      "mcp.visibility",
      list(Visibility::isRule, Visibility.EXPECTED),
      "",
      "What is listed and can be called; a later rule overrides earlier ones; all where empty.");
  public static final Key TAG_SCOPES = key(
      "mcp.tag.scopes",
      list(TagScopes::isEntry, TagScopes.EXPECTED),
      "admin: admin",
      "Which scopes a token needs for tools with a tag; all of those named.");
  public static final Key SESSION_HOURS = key(
      "mcp.session.hours",
      whole(1, 720),
      "24",
      "How long a session of a client of 2025-11-25 or earlier lasts.");
  public static final Key ENABLED_TOOLS =
      key("mcp.server.enabled.tools", list(), "", "Offer only these tools; all where empty.");
  public static final Key ALLOWED_ORIGINS = key(
      "mcp.allowed.origins",
      list(),
      "",
      "Browser origins that may call, beside those of this machine.");
  public static final Key ALLOWED_HOSTS = key(
      "mcp.allowed.hosts",
      list(),
      "",
      "Host names the gateway answers to, beside those of this machine.");
  public static final Key RATE_RULES = key(
      "rate.limit.rules",
      list(Rules::isRule, Rules.EXPECTED),
      Rules.USUAL,
      "How often each client may ask; the first rule that fits decides.");
  public static final Key RATE_FAIL = key(
      "rate.limit.fail",
      choice("open", "closed"),
      "open",
      "Whether requests pass (open) or are refused (closed) while Redis is away.");
  public static final Key REDIS_URL = key(
      "umbel.redis.url",
      server("redis", "rediss"),
      "",
      "Where all gateways count together; where absent, each counts for itself.");
  public static final Key REDIS_CA = key(
      "umbel.redis.ca",
      text(),
      "",
      "File with certificates that a `rediss` server must be vouched for by, instead of the JDK's.");
  public static final Key TRUSTED_PROXIES = key(
      "umbel.trusted.proxies",
      list(AddressRange::isRange, AddressRange.EXPECTED),
      "",
      "Proxies whose `X-Forwarded-For` says where clients are.");
  public static final Key HOST =
      key("umbel.host", text(), "127.0.0.1", "The address the gateway listens on.");
  public static final Key PORT = key(
      "umbel.port",
      whole(0, 65535),
      "8080",
      "The port the gateway listens on; 0 takes any that is free.");
  public static final Key DATA = key(
      "umbel.data",
      text(),
      ".umbel",
      "Directory for what must outlive a restart; the default one is beside the start script.");
  public static final Key DATABASE = key(
      "umbel.database.enabled",
      flag(),
      "true",
      "Keep accounts, grants and the audit trail; without, there are none.");
  public static final Key DATABASE_URL = key(
      "umbel.database.url",
      hidden("postgres(ql)?://.+", "postgresql://user:password@host:5432/database"),
      "",
      "Your PostgreSQL, with what it takes to be let in; where absent, one of its own in `umbel.data`.");
  public static final Key AUDIT_FAIL_CLOSED = key(
      "umbel.audit.fail.closed",
      flag(),
      "true",
      "Call tools that may change something only while that can be put on record.");
  public static final Key ROLES = key(
      "umbel.roles",
      list(),
      "gateway,registry,demo,system,issues,compliance,search",
      "What this process runs: role words, or full class names from a jar of `umbel.with`.");
  public static final Key WITH =
      key("umbel.with", list(), "", "Jars with verticles that are not part of Umbel.");
  public static final Key ENVIRONMENT = key(
      "umbel.environment",
      text(),
      "development",
      "What you call this installation; health answers say it.");
  public static final Key DESTRUCTIVE_ROLE = key(
      "umbel.destructive.role",
      choice("admin", "writer"),
      "admin",
      "The role an agent needs in a project for a tool that may destroy something there.");
  public static final Key EVENT_LOOPS = key(
      "umbel.event.loops",
      whole(1, 256),
      "1",
      "How many event loops run the verticles of this process.");
  public static final Key CLUSTERED =
      key("umbel.cluster.enabled", flag(), "false", "Join a cluster.");
  public static final Key CLUSTER_NAME =
      key("umbel.cluster.name", text(), "umbel", "Only nodes of the same name join each other.");
  public static final Key CLUSTER_HOST = key(
      "umbel.cluster.host",
      text(),
      "127.0.0.1",
      "Address or name of this machine under which other nodes reach it.");
  public static final Key CLUSTER_PORT = key(
      "umbel.cluster.port",
      whole(1, 65535),
      "5701",
      "Port for membership; where it is taken, the next free one.");
  public static final Key BUS_PORT = key(
      "umbel.cluster.bus.port",
      whole(0, 65535),
      "0",
      "Port of the event bus; 0 takes any that is free.");
  public static final Key CLUSTER_MEMBERS = key(
      "umbel.cluster.members",
      list(),
      "127.0.0.1",
      "Where other nodes may be: `host` or `host:port`.");
  public static final Key JOIN_SECONDS = key(
      "umbel.cluster.join.seconds",
      whole(0, 3600),
      "30",
      "How long to wait for one of the members that were named; 0 does not insist on any.");
  public static final Key CLUSTER_SECRET = key(
      "umbel.cluster.secret",
      secret(32),
      "",
      "What all nodes share and nobody else knows; where absent, `cluster.key` in `umbel.data`.");
  public static final Key OTLP_ENDPOINT = key(
      "umbel.otlp.endpoint",
      form("https?://[^\\s?#]+", "a URL such as http://localhost:4318"),
      "",
      "The OpenTelemetry collector that spans are sent to; nothing is traced where absent.");
  public static final Key LOG_FORMAT = key(
      "umbel.log.format",
      choice("auto", "text", "json"),
      "auto",
      "How log lines look; auto is text on a terminal and JSON elsewhere.");
  public static final Key LOG_LEVEL = key(
      "umbel.log.level",
      choice("error", "warn", "info", "debug", "trace"),
      "info",
      "How much Umbel's own code says; libraries only warn.");
  public static final Key LOG_REQUESTS = key(
      "umbel.log.requests", choice("all", "none"), "all", "Whether each request leaves log lines.");

  static {
    AuthKey.register();
    RegistryKey.register();
    IssuesKey.register();
    ComplianceKey.register();
    SearchKey.register();
    EntitiesKey.register();
  }

  /** Its name in the environment. */
  public String env() {
    return key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** The whole table. */
  public static List<Key> all() {
    return List.copyOf(TABLE);
  }

  static Optional<Key> named(String name) {
    return TABLE.stream().filter(known -> known.key.equals(name)).findFirst();
  }

  static Key key(String key, Kind kind, String absent, String doc) {
    var entry = new Key(key, kind, absent, doc);
    TABLE.add(entry);
    return entry;
  }
}
