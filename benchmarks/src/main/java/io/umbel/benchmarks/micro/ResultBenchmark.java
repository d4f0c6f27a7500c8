package io.umbel.benchmarks.micro;

import io.umbel.contract.Outcome;
import io.umbel.contract.ToolResult;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A tool's answer becomes the bytes that travel: a short one, and one of 64 KiB. */
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ResultBenchmark {

  private static final String CORRELATION = "0af7651916cd43dd8448eb211c80319c";

  private final JsonObject small =
      new JsonObject().put("result", "Echo: call 100000001, like no other call");
  private final String large = "The quick brown fox jumps over it. ".repeat(64 * 1024 / 35);

  @Benchmark
  public Outcome structured() {
    return ToolResult.of(small).toOutcome(CORRELATION);
  }

  @Benchmark
  public Outcome text64KiB() {
    return ToolResult.text(large).toOutcome(CORRELATION);
  }
}
