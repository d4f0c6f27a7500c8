package io.umbel.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The lines of a response while they come. */
final class LineStream {

  private static final int PATIENCE_SECONDS = 20;
  private static final String END = "\u0000";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(Version.HTTP_1_1).build();

  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final int status;

  /** Sends that; there is an answer, or at least its beginning. */
  LineStream(HttpRequest request) {
    try {
      var response = HTTP.send(request, BodyHandlers.ofInputStream());
      status = response.statusCode();
      var in = new InputStreamReader(response.body(), StandardCharsets.UTF_8);
      var thread = new Thread(() -> read(new BufferedReader(in)), "lines");
      thread.setDaemon(true);
      thread.start();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int status() {
    return status;
  }

  /** What follows that word at the beginning of the next line that begins so; null at the end. */
  String next(String word) {
    try {
      for (var line = line(); !END.equals(line); line = line()) {
        if (line.startsWith(word)) {
          return line.substring(word.length()).strip();
        }
      }
      return null;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a line with that word has come that nobody has looked at yet. */
  boolean holds(String word) {
    return lines.stream().anyMatch(line -> line.contains(word));
  }

  /** Nobody looks any more at what has come by now. */
  void skip() {
    lines.clear();
  }

  private String line() throws InterruptedException {
    var line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("silence for " + PATIENCE_SECONDS + " s");
    }
    return line;
  }

  private void read(BufferedReader in) {
    try (in) {
      in.lines().forEach(lines::add);
    } catch (IOException | java.io.UncheckedIOException broken) {
      // Cut off.
    }
    lines.add(END);
  }
}
