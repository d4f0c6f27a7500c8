package io.umbel.benchmarks.micro;

import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.EnvelopeReader;
import java.nio.charset.StandardCharsets;
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

/** The gateway reads a request: one of each era, as the load generator sends them. */
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EnvelopeBenchmark {

  private final byte[] modern = bytes("""
          {"jsonrpc":"2.0","id":100000001,"method":"tools/call","params":{\
          "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
          "io.modelcontextprotocol/clientCapabilities":{},\
          "io.modelcontextprotocol/clientInfo":{"name":"umbel-benchmarks","version":"1"}},\
          "name":"echo","arguments":{"message":"call 100000001, like no other call"}}}""");

  private final byte[] legacy = bytes("""
          {"jsonrpc":"2.0","id":100000001,"method":"tools/call","params":{\
          "name":"echo","arguments":{"message":"call 100000001, like no other call"}}}""");

  @Benchmark
  public Envelope readModern() {
    return EnvelopeReader.read(modern);
  }

  @Benchmark
  public Envelope readLegacy() {
    return EnvelopeReader.read(legacy);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
