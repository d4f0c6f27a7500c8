package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads one answer, whether it is one JSON message or a stream of server-sent events. */
public final class EventClient implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 10;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(Version.HTTP_1_1).build();
  private static final Event END = new Event("end", null, null, null);

  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final CompletableFuture<HttpResponse<InputStream>> sent;
  private final CompletableFuture<HttpResponse<InputStream>> response;
  private String lastId;

  /** One event; a plain answer is one without anything but data. */
  public record Event(String name, String id, String retry, String data) {
    boolean isEnd() {
      return "end".equals(name);
    }

    public JsonObject json() {
      return new JsonObject(data);
    }
  }

  public EventClient(HttpRequest request) {
    sent = HTTP.sendAsync(request, BodyHandlers.ofInputStream());
    response = sent.thenApply(this::reading);
  }

  public HttpResponse<InputStream> response() {
    return response.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  public int status() {
    return response().statusCode();
  }

  /** The next event of any kind. */
  public Event next() {
    try {
      var event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(event).as("an event within %d s", PATIENCE_SECONDS).isNotNull();
      lastId = event.id() == null ? lastId : event.id();
      return event;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next event that is a message. */
  public JsonObject message() {
    var event = next();
    while (!event.isEnd() && (event.data() == null || event.data().isEmpty())) {
      event = next();
    }
    assertThat(event).as("a message before the end").matches(found -> !found.isEnd());
    return event.json();
  }

  /** Whether something has come that was not read yet. */
  public boolean hasNext() {
    return !events.isEmpty();
  }

  /** Whether the stream ends, having said nothing more. */
  public boolean ends() {
    return next().isEnd();
  }

  /** The id of the last event that was read here. */
  public String lastId() {
    return lastId;
  }

  private HttpResponse<InputStream> reading(HttpResponse<InputStream> answer) {
    var thread = new Thread(() -> read(answer), "events");
    thread.setDaemon(true);
    thread.start();
    return answer;
  }

  private void read(HttpResponse<InputStream> answer) {
    var streamed = answer.headers().firstValue("Content-Type").orElse("").contains("event-stream");
    try (var in = new InputStreamReader(answer.body(), StandardCharsets.UTF_8);
        var lines = new BufferedReader(in)) {
      if (streamed) {
        readEvents(lines);
      } else {
        lines.lines().forEach(line -> events.add(new Event(null, null, null, line)));
      }
    } catch (IOException | java.io.UncheckedIOException closed) {
      // Cut off, by either side.
    }
    events.add(END);
  }

  private void readEvents(BufferedReader lines) throws IOException {
    var fields = new JsonObject();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
      } else if (line.isEmpty() && !fields.isEmpty()) {
        events.add(new Event(
            fields.getString("event"),
            fields.getString("id"),
            fields.getString("retry"),
            fields.getString("data")));
        fields = new JsonObject();
      }
    }
  }

  /** Hangs up. What has begun to be read cannot be cancelled any longer, only closed. */
  @Override
  public void close() {
    if (sent.cancel(true)) {
      return;
    }
    try {
      response().body().close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
