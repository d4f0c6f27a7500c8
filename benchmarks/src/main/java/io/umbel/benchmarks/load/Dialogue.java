package io.umbel.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a client says over and over, and what it must hear. {@link #NUMBER} stands for the number of
 * the call wherever it is written: in the JSON-RPC id, in the arguments, in the answer.
 *
 * @param path what is posted to
 * @param headers beside those that every HTTP request has
 * @param body of the request
 * @param expected what the answer's body must contain, as it is spelt in JSON
 */
public record Dialogue(String path, Map<String, String> headers, String body, String expected) {

  /** Stands for the number of the call, which has as many digits. */
  public static final String NUMBER = Numbered.MARK;

  /** The same, said with one header more. */
  public Dialogue with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Dialogue(path, more, body, expected);
  }

  /** The request as HTTP/1.1 writes it. */
  String request(String host) {
    var lines = headers.entrySet().stream()
        .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
        .collect(Collectors.joining());
    return "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"
            .formatted(path, host)
        + "Accept: application/json, text/event-stream\r\n"
        + lines
        + "Content-Length: %d\r\n\r\n".formatted(body.getBytes(StandardCharsets.UTF_8).length)
        + body;
  }
}
