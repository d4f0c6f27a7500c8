package io.umbel.gateway.trace;

import io.vertx.core.spi.tracing.TagExtractor;
import java.util.List;
import java.util.Map.Entry;

/** Reads tags that are a list of names and values already. */
enum Pairs implements TagExtractor<List<Entry<String, String>>> {
  /** There is only one way to do so. */
  READER;

  @Override
  public int len(List<Entry<String, String>> tags) {
    return tags.size();
  }

  @Override
  public String name(List<Entry<String, String>> tags, int index) {
    return tags.get(index).getKey();
  }

  @Override
  public String value(List<Entry<String, String>> tags, int index) {
    return tags.get(index).getValue();
  }
}
