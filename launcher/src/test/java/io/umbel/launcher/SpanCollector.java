package io.umbel.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;

/**
 * A collector of spans over real HTTP: reads as much of OTLP as the tests look at.
 *
 * @see <a
 *     href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto">
 *     trace.proto</a>
 */
final class SpanCollector implements AutoCloseable {

  private final HttpServer http;
  private final Queue<Span> spans = new ConcurrentLinkedQueue<>();

  /** A span, and which process it is of. */
  record Span(
      String process,
      String trace,
      String id,
      String parent,
      String name,
      Map<String, String> tags) {}

  SpanCollector() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/v1/traces", this::take);
    http.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  List<Span> of(String trace) {
    return spans.stream().filter(span -> span.trace().equals(trace)).toList();
  }

  List<Span> all() {
    return List.copyOf(spans);
  }

  @Override
  public void close() {
    http.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    var zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    var body = exchange.getRequestBody();
    var bytes = (zipped ? new GZIPInputStream(body) : body).readAllBytes();
    for (var resource : Fields.of(bytes).all(1)) {
      var fields = Fields.of(resource);
      var process = tags(Fields.of(fields.all(1).get(0)), 1).get("service.instance.id");
      for (var scope : fields.all(2)) {
        Fields.of(scope).all(2).forEach(span -> spans.add(span(process, Fields.of(span))));
      }
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static Span span(String process, Fields span) {
    var hex = HexFormat.of();
    var parent = span.all(4);
    return new Span(
        process,
        hex.formatHex(span.all(1).get(0)),
        hex.formatHex(span.all(2).get(0)),
        parent.isEmpty() ? "" : hex.formatHex(parent.get(0)),
        span.text(5),
        tags(span, 9));
  }

  private static Map<String, String> tags(Fields of, int number) {
    var tags = new HashMap<String, String>();
    for (var tag : of.all(number)) {
      var pair = Fields.of(tag);
      tags.put(pair.text(1), Fields.of(pair.all(2).get(0)).text(1));
    }
    return tags;
  }

  /** The fields of a message that have lengths, by their numbers. */
  private record Fields(Map<Integer, List<byte[]>> byNumber) {

    static Fields of(byte[] message) {
      var fields = new HashMap<Integer, List<byte[]>>();
      var at = new int[1];
      while (at[0] < message.length) {
        var key = varint(message, at);
        switch ((int) (key & 7)) {
          case 0 -> varint(message, at);
          case 1 -> at[0] += 8;
          case 2 -> {
            var length = (int) varint(message, at);
            var value = Arrays.copyOfRange(message, at[0], at[0] + length);
            fields.computeIfAbsent((int) (key >> 3), first -> new ArrayList<>()).add(value);
            at[0] += length;
          }
          default -> at[0] += 4;
        }
      }
      return new Fields(fields);
    }

    List<byte[]> all(int number) {
      return byNumber.getOrDefault(number, List.of());
    }

    String text(int number) {
      return all(number).isEmpty() ? "" : new String(all(number).get(0), StandardCharsets.UTF_8);
    }

    private static long varint(byte[] message, int[] at) {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        var next = message[at[0]++];
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }
  }
}
