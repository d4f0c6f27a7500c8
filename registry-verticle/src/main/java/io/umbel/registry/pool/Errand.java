package io.umbel.registry.pool;

import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.Era;
import io.umbel.registry.upstream.Upstream.Facts;
import io.umbel.registry.upstream.Upstream.Question;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/**
 * Something to ask a server.
 *
 * @param client for whom
 * @param server whom to ask
 * @param label what metrics call it: the server's own name of a tool, or a method
 * @param millis how long the answer is waited for, opening a connection included
 * @param question what to ask a server of which so much is known; its own time is replaced
 */
public record Errand(
    Client client,
    Server server,
    String label,
    long millis,
    Function<Facts, Question> question) {

  /**
   * For whom it is.
   *
   * @param account whose
   * @param capabilities what the client can be asked, as the server is to be told
   * @param era of the client
   */
  public record Client(String account, JsonObject capabilities, Era era) {}
}
