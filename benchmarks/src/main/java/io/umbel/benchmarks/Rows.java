package io.umbel.benchmarks;

import static io.umbel.benchmarks.Talks.MESSAGE;

import io.umbel.benchmarks.Row.Talk;
import io.umbel.benchmarks.subject.Subject;
import java.util.List;

/** Everything that is measured. To measure something more, add a row. */
final class Rows {

  private static final String MCP = "/mcp";
  private static final String TOOLS = "demo,system";
  private static final String MORE_TOOLS = TOOLS + "," + LargeTools.class.getName();

  private static final String ECHOED = "\"Echo: " + MESSAGE + "\"";
  private static final String LARGE = MESSAGE + ": " + LargeTools.FILLER;

  private static final Talk MODERN = Talks.modern(MCP, "echo", ECHOED);
  private static final Talk LEGACY = Talks.legacy(MCP, "echo", ECHOED);
  private static final Talk MODERN_LARGE = Talks.modern(MCP, "large", LARGE);
  private static final Talk MODERN_THROUGH = Talks.modern(Subjects.THROUGH, "echo", ECHOED);
  private static final Talk RAW = Talks.modern(MCP, "echo", MESSAGE);
  private static final Talk RAW_LARGE =
      Talks.modern(EchoServer.PADDED, "large", " ".repeat(LargeTools.BYTES));

  private Rows() {}

  /** What is driven. Rows of the same subject share its processes. */
  static List<Row> load(Subjects subjects) {
    var echo = subjects.echo();
    var alone = subjects.inProcess("in-process", MORE_TOOLS, "\"large\"");
    var guarded = subjects.guarded("in-process-guarded", MORE_TOOLS, "\"large\"");
    var cluster = subjects.clustered("clustered", MORE_TOOLS, "\"large\"");
    var direct = subjects.direct();
    var proxied = subjects.proxied();
    var through = subjects.through();
    return List.of(
        new Row("echo", "raw Vert.x echo", echo, RAW, "echo"),
        new Row("in-process", "in process, 2026-07-28", alone, MODERN, "echo"),
        new Row("in-process-legacy", "in process, 2025-11-25", alone, LEGACY, "echo"),
        new Row("in-process-guarded", "in process, guarded", guarded, MODERN, "echo"),
        new Row("clustered", "clustered, 2026-07-28", cluster, MODERN, "echo"),
        new Row("clustered-legacy", "clustered, 2025-11-25", cluster, LEGACY, "echo"),
        new Row("echo-64k", "raw Vert.x echo, 64 KiB", echo, RAW_LARGE, "echo-64k"),
        new Row("in-process-64k", "in process, 64 KiB", alone, MODERN_LARGE, "echo-64k"),
        new Row("clustered-64k", "clustered, 64 KiB", cluster, MODERN_LARGE, "echo-64k"),
        new Row("direct", "an upstream server, directly", direct, MODERN, "direct"),
        new Row("proxied", "the same behind a plain proxy", proxied, MODERN, "proxied"),
        new Row("through", "the same through the gateway", through, MODERN_THROUGH, "proxied"));
  }

  /** What is started to see how long that takes. */
  static List<Subject> starts(Subjects subjects) {
    return List.of(
        subjects.echo(),
        subjects.inProcess("in-process-start", TOOLS, "\"echo\""),
        subjects.guarded("in-process-guarded-start", TOOLS, "\"echo\""),
        subjects.clustered("clustered-start", TOOLS, "\"echo\""));
  }
}
