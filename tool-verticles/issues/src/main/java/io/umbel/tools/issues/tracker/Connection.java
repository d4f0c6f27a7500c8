package io.umbel.tools.issues.tracker;

import io.vertx.core.json.JsonObject;
import java.net.URI;

/**
 * How a tracker on another server is reached.
 *
 * @param name what its owner calls it, for texts
 * @param url of its API, without a slash at the end
 * @param authType {@code api_token} or {@code github_app}
 * @param details what its kind needs to know beside, as in {@code {"api_version": 3}}
 * @param secret what opens it: never in a text, an answer or a log
 */
public record Connection(String name, URI url, String authType, JsonObject details, String secret) {

  /** The URL of something below the API's. */
  public URI at(String path) {
    return URI.create(url + path);
  }

  @Override
  public String toString() {
    return name + " at " + url;
  }
}
