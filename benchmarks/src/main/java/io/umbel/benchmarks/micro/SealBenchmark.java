package io.umbel.benchmarks.micro;

import io.umbel.contract.Caller;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.ClusterSecret;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A provider learns who calls: from a seal it has seen before, and from one it has not. */
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SealBenchmark {

  private static final String PROVIDER = "demo";
  private static final int CALLERS = 5_000;

  private final ClusterSecret secret = ClusterSecret.random();
  private final CallerSeal sealing = new CallerSeal(secret, Clock.systemUTC());
  private final List<String> tokens =
      IntStream.range(0, CALLERS).mapToObj(this::token).toList();

  /** A provider that has just started. */
  @State(Scope.Benchmark)
  public static class Fresh {
    private CallerSeal opening;

    /** It has seen no seal. */
    @Setup(Level.Invocation)
    public void start(SealBenchmark known) {
      opening = new CallerSeal(known.secret, Clock.systemUTC());
    }
  }

  @Benchmark
  public Caller openSeenBefore() {
    return sealing.open(tokens.get(0), PROVIDER);
  }

  @Benchmark
  @OperationsPerInvocation(CALLERS)
  public void openNeverSeen(Fresh provider, Blackhole hole) {
    for (var token : tokens) {
      hole.consume(provider.opening.open(token, PROVIDER));
    }
  }

  private String token(int number) {
    var caller = new Caller("acme", "user-" + number, "umbel", null, Set.of("tools:call"));
    return sealing.seal(caller, PROVIDER);
  }
}
