package io.umbel.benchmarks;

import io.umbel.benchmarks.subject.Launch;
import io.umbel.benchmarks.subject.Subject;
import io.umbel.benchmarks.subject.Token;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How each subject is started: the raw echo, and Umbel by the script that its users start it with,
 * which becomes the virtual machine that it starts.
 *
 * @param root of the repository
 * @param port the first of the ten ports taken on loopback
 */
record Subjects(Path root, int port) {

  private static final String MCP = "/mcp";

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
    var classes = jar().toString() + ":" + root.resolve("benchmarks/target/lib") + "/*";
    var java = Path.of(JAVA_HOME, "bin", "java").toString();
    var command = List.of(java, "-cp", classes, EchoServer.class.getName(), "" + port);
    return new Subject(
        "echo", List.of(new Launch("echo", command, Map.of())), at(port), MCP, "tools/list");
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
