package io.umbel.registry.upstream;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * How servers are spoken with.
 *
 * @param client what we say of ourselves, as {@code Implementation}
 * @param allowed hosts, addresses and ranges that may be reached beside the public internet
 * @param certificates of authorities to trust beside those that Java does, as PEM, or null
 * @param bounds how much and how long
 */
public record UpstreamSettings(
    JsonObject client, List<String> allowed, String certificates, Bounds bounds) {

  /**
   * How much and how long.
   *
   * @param answerBytes the largest answer, or event of a stream, in bytes
   * @param longest how long a request is waited for at most, whatever progress it makes
   * @param openStreams answers under way at once, of all servers together
   * @param connect how long a connection may take
   */
  public record Bounds(int answerBytes, Duration longest, int openStreams, Duration connect) {

    /** 4 MiB, ten minutes, 4,000 streams, five seconds. */
    public static final Bounds USUAL =
        new Bounds(4 * 1024 * 1024, Duration.ofMinutes(10), 4_000, Duration.ofSeconds(5));
  }

  /** Of that version, to the public internet alone. */
  public static UpstreamSettings usual(String version) {
    var client = new JsonObject().put("name", "umbel").put("version", version);
    return new UpstreamSettings(client, List.of(), null, Bounds.USUAL);
  }
}
