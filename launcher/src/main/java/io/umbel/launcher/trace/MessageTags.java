package io.umbel.launcher.trace;

import io.umbel.contract.Bus.Header;
import io.vertx.core.eventbus.Message;
import io.vertx.core.spi.tracing.TagExtractor;
import java.util.Map;

/** What a span says of a message on the bus: some of its headers, nothing of its body. */
enum MessageTags implements TagExtractor<Message<?>> {
  /** There is only one way to do so. */
  READER;

  private static final Map<String, String> NAMES = Map.of(
      Header.METHOD, "mcp.method.name",
      Header.CORRELATION, "umbel.correlation_id",
      Header.OUTCOME, "umbel.outcome",
      Header.FAILURE, "error.type");

  @Override
  public int len(Message<?> message) {
    return (int) NAMES.keySet().stream().filter(message.headers()::contains).count();
  }

  @Override
  public String name(Message<?> message, int index) {
    return NAMES.get(header(message, index));
  }

  @Override
  public String value(Message<?> message, int index) {
    return message.headers().get(header(message, index));
  }

  private static String header(Message<?> message, int index) {
    return NAMES.keySet().stream()
        .filter(message.headers()::contains)
        .skip(index)
        .findFirst()
        .orElseThrow();
  }
}
