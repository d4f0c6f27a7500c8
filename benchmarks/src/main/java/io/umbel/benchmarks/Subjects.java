package io.umbel.benchmarks;

import io.umbel.benchmarks.subject.Launch;
import io.umbel.benchmarks.subject.Subject;
import io.umbel.benchmarks.subject.Token;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How each subject is started: the raw echo, and Umbel by the script that its users start it with,
 * which becomes the virtual machine that it starts.
 *
 * @param root of the repository
 * @param port the first of the twelve ports taken on loopback
 */
record Subjects(Path root, int port) {

  private static final String MCP = "/mcp";

  /** Where one upstream server is by its own names. */
  static final String THROUGH = "/mcp/servers/swift";

  private static final String ENTRY = """
      {"name":"%1$s","namespace":"%1$s","enabled":true,"url":"http://127.0.0.1:%2$d/mcp",\
      "max_concurrency":%3$d}""";

  /** Limits count, but do not refuse. */
  private static final Map<String, String> GUARDED = Map.of(
      "MCP_REQUIRE_AUTH", "true",
      "UMBEL_AUTH_SECRET", Token.SECRET,
      "UMBEL_DATABASE_ENABLED", "true",
      "RATE_LIMIT_RULES", "* 999999/1s");

  /** All processes run on the virtual machine that this one runs on. */
  private static final String JAVA_HOME = System.getProperty("java.home");

  /** The raw HTTP echo. */
  Subject echo() {
    var launch = new Launch("echo", java(EchoServer.class, port), Map.of());
    return new Subject("echo", List.of(launch), at(port), MCP, "tools/list");
  }

  /** Everything in one process, which asks nobody who they are and keeps no record. */
  Subject inProcess(String name, String roles, String ready) {
    var launch = umbel(name, "gateway", port + 1, "--roles", "gateway," + roles);
    return new Subject(name, List.of(launch), at(port + 1), MCP, ready);
  }

  /** The same with everything that ships: tokens, limits, and an audit trail in PostgreSQL. */
  Subject guarded(String name, String roles, String ready) {
    var bare = umbel(name, "gateway", port + 4, "--roles", "gateway," + roles);
    var environment = new HashMap<>(bare.environment());
    environment.putAll(GUARDED);
    var launch = new Launch(bare.part(), bare.command(), Map.copyOf(environment));
    return new Subject(name, List.of(launch), at(port + 4), MCP, ready);
  }

  /** The gateway in one process, the tools in another. */
  Subject clustered(String name, String roles, String ready) {
    var gateway = umbel(name, "gateway", port + 2, "--cluster", "--roles", "gateway");
    var tools = umbel(name, "tools", port + 3, "--cluster", "--roles", roles);
    return new Subject(name, List.of(gateway, tools), at(port + 2), MCP, ready);
  }

  /** An upstream server, asked without anything between. */
  Subject direct() {
    return new Subject("direct", List.of(swift(port + 7)), at(port + 7), MCP, "\"echo\"");
  }

  /** An upstream server behind nginx, or behind the least that Vert.x does where there is none. */
  Subject proxied() {
    var processes = List.of(swift(port + 8), proxy(port + 9, port + 8));
    return new Subject("proxied", processes, at(port + 9), MCP, "\"echo\"");
  }

  /** An upstream server behind a gateway with a registry, at the endpoint of that server. */
  Subject through() {
    var bare = umbel("through", "gateway", port + 11, "--roles", "gateway,registry");
    var entries = "[" + ENTRY.formatted("swift", port + 10, 256) + "]";
    var gateway = new Launch(bare.part(), bare.command(), fronting(bare, entries));
    var processes = List.of(swift(port + 10), gateway);
    return new Subject("through", processes, at(port + 11), THROUGH, "\"echo\"");
  }

  /** That crowd of upstream servers behind a gateway with a registry. */
  Subject crowd(List<Crowd.Member> crowd) {
    var bare = umbel("harm", "gateway", port, "--roles", "gateway,registry");
    var entries = crowd.stream()
        .map(one -> ENTRY.formatted(one.namespace(), one.port(), 10))
        .collect(Collectors.joining(",", "[", "]"));
    var gateway = new Launch(bare.part(), bare.command(), fronting(bare, entries));
    var servers = new Launch("crowd", java(Crowd.class, crowd.get(0).port()), Map.of());
    var path = MCP + "/servers/" + crowd.get(crowd.size() - 1).namespace();
    return new Subject("harm", List.of(servers, gateway), at(port), path, "\"echo\"");
  }

  private static Map<String, String> fronting(Launch bare, String entries) {
    var environment = new HashMap<>(bare.environment());
    environment.put("UMBEL_REGISTRY_ALLOWED_DESTINATIONS", "127.0.0.1");
    environment.put("MCP_CLIENT_SERVER_CONFIGS", entries);
    return Map.copyOf(environment);
  }

  private Launch swift(int at) {
    return new Launch("upstream", java(SwiftServer.class, at), Map.of());
  }

  private Launch proxy(int at, int target) {
    var command = Nginx.command(root.resolve("benchmarks/target/run/proxied"), at, target)
        .orElseGet(() -> java(ProxyServer.class, at, target));
    return new Launch("proxy", command, Map.of());
  }

  private List<String> java(Class<?> main, int... ports) {
    var classes = jar().toString() + ":" + root.resolve("benchmarks/target/lib") + "/*";
    var command = new ArrayList<String>();
    command.add(Path.of(JAVA_HOME, "bin", "java").toString());
    command.addAll(List.of("-cp", classes, main.getName()));
    Arrays.stream(ports).forEach(each -> command.add(Integer.toString(each)));
    return command;
  }

  private Launch umbel(String subject, String part, int port, String... more) {
    var data = root.resolve("benchmarks/target/run").resolve(subject).resolve(part + "-data");
    var command = new ArrayList<>(List.of(root.resolve("umbel").toString(), "up"));
    command.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
    command.addAll(List.of(more));
    if (String.join(" ", more).contains(LargeTools.class.getName())) {
      command.addAll(List.of("--with", jar().toString()));
    }
    return new Launch(part, command, environment());
  }

  private Map<String, String> environment() {
    return Map.of(
        "UMBEL_JAVA_HOME",
        JAVA_HOME,
        "UMBEL_CLUSTER_NAME",
        "umbel-benchmarks",
        "UMBEL_CLUSTER_PORT",
        Integer.toString(port + 5),
        "UMBEL_CLUSTER_MEMBERS",
        "127.0.0.1",
        "UMBEL_CLUSTER_SECRET",
        "a secret for benchmarks on loopback only",
        "UMBEL_LOG_REQUESTS",
        "none",
        "MCP_REQUIRE_AUTH",
        "false",
        "UMBEL_DATABASE_ENABLED",
        "false",
        "RATE_LIMIT_RULES",
        "* unlimited");
  }

  private Path jar() {
    return root.resolve("benchmarks/target/umbel-benchmarks.jar");
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
