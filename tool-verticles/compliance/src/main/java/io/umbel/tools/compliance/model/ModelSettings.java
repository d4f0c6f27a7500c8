package io.umbel.tools.compliance.model;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Which language model is asked, and how much of it.
 *
 * @param url what {@code /chat/completions} comes after
 * @param name what that server calls the model
 * @param key what opens the server, or null
 * @param timeout how long one answer is waited for
 * @param atOnce how many questions are open at once, from one instance
 * @param dailyTokens how many tokens an account may use on one day (UTC), on all nodes together
 */
public record ModelSettings(
    URI url, String name, String key, Duration timeout, int atOnce, long dailyTokens) {

  /** Configuration: what {@code /chat/completions} comes after; no model is asked without it. */
  public static final String URL = "model_url";

  /** Configuration: what that server calls the model. */
  public static final String NAME = "model_name";

  /** Configuration: what opens that server; nothing where absent. */
  public static final String KEY = "model_key";

  /** Configuration: how long one answer is waited for. */
  public static final String TIMEOUT_MILLIS = "model_timeout_ms";

  /** Configuration: how many questions are open at once. */
  public static final String AT_ONCE = "model_concurrency";

  /** Configuration: how many tokens an account may use on one day. */
  public static final String DAILY_TOKENS = "model_daily_tokens";

  /** What a verticle's configuration says; nothing where it names no model. */
  public static Optional<ModelSettings> of(JsonObject config) {
    var url = config.getString(URL);
    return url == null
        ? Optional.empty()
        : Optional.of(new ModelSettings(
            URI.create(url),
            config.getString(NAME),
            config.getString(KEY),
            Duration.ofMillis(config.getLong(TIMEOUT_MILLIS, 30_000L)),
            config.getInteger(AT_ONCE, 4),
            config.getLong(DAILY_TOKENS, 1_000_000L)));
  }

  /** Where questions go. */
  URI completions() {
    return URI.create(url.toString().replaceFirst("/+$", "") + "/chat/completions");
  }

  /** Without the key. */
  @Override
  public String toString() {
    return name + " at " + url.getHost();
  }
}
