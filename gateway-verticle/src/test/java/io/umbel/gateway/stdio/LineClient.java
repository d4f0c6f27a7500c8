package io.umbel.gateway.stdio;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The client's ends of stdin and stdout: every line that comes out must be one JSON object. */
final class LineClient {

  private final PipedOutputStream toServer = new PipedOutputStream();
  private final PipedInputStream stdin;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  LineClient() {
    try {
      stdin = new PipedInputStream(toServer, 4 * 1024 * 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InputStream stdin() {
    return stdin;
  }

  OutputStream stdout() {
    return new OutputStream() {
      private final ByteArrayOutputStream line = new ByteArrayOutputStream();

      @Override
      public synchronized void write(int b) {
        if (b == '\n') {
          lines.add(line.toString(StandardCharsets.UTF_8));
          line.reset();
        } else {
          line.write(b);
        }
      }
    };
  }

  LineClient send(String... all) {
    return send((String.join("\n", all) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  LineClient send(byte[] bytes) {
    try {
      toServer.write(bytes);
      toServer.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes stdin. */
  void end() {
    try {
      toServer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next line. */
  JsonObject next() throws InterruptedException {
    var line = lines.poll(10, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("No line came");
    }
    return new JsonObject(line);
  }

  boolean hasNothingMore() {
    return lines.isEmpty();
  }

  static String ping(String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}";
  }

  static JsonObject pong(Object id) {
    return new JsonObject("{\"jsonrpc\":\"2.0\",\"result\":{}}").put("id", id);
  }

  static String initialize(String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\","
        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}";
  }

  static String call(String id, String tool) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool
        + "\"}}";
  }

  static String listen(String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\"subscriptions/listen\",\"params\":{\"notifications\":"
        + "{\"toolsListChanged\":true}}}";
  }

  /** The same as a stateless request. */
  static String modern(String message) {
    var meta = new JsonObject()
        .put("io.modelcontextprotocol/protocolVersion", "2026-07-28")
        .put("io.modelcontextprotocol/clientCapabilities", new JsonObject());
    var json = new JsonObject(message);
    return json.put("params", json.getJsonObject("params", new JsonObject()).put("_meta", meta))
        .encode();
  }

  static String cancelled(String id) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
        + id
        + "}}";
  }
}
