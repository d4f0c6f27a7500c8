package io.umbel.benchmarks.micro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.umbel.contract.Json;
import io.umbel.contract.JsonSchema;
import io.umbel.contract.Schema;
import io.umbel.contract.Violation;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

/** The arguments of a call are checked: six properties, good ones and bad ones. */
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SchemaBenchmark {

  private static final String GOOD = """
      {"query":"who holds the keys","limit":5,"kinds":["issue","page"],"closed":false,\
      "sort":"newest","score":0.5}""";

  private static final String BAD = """
      {"limit":"5","kinds":["issue",1],"closed":0,"sort":"any","score":0.5,"more":1}""";

  private final JsonSchema schema = JsonSchema.compile(Schema.object()
      .text("query", "What to look for")
      .integer("limit", "How many at most")
      .between(1, 50)
      .list("kinds", "Of what", new JsonObject().put("type", "string"))
      .flag("closed", "Also what is closed")
      .choice("sort", "Which first", "newest", "oldest")
      .number("score", "At least")
      .require("query")
      .toJson());

  private final byte[] goodBytes = GOOD.getBytes(StandardCharsets.UTF_8);
  private final JsonNode good = tree(GOOD);
  private final JsonNode bad = tree(BAD);

  @Benchmark
  public List<Violation> good() {
    return schema.violations(good);
  }

  @Benchmark
  public List<Violation> goodFromBytes() throws IOException {
    return schema.violations(Json.MAPPER.readTree(goodBytes));
  }

  @Benchmark
  public List<Violation> bad() {
    return schema.violations(bad);
  }

  private static JsonNode tree(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
