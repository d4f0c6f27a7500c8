package io.umbel.tools.system;

import io.umbel.contract.Schema;

/** The arguments that ask for one page of a list. */
final class Page {

  static final int SEARCH_LIMIT = 5;
  static final int LIST_LIMIT = 10;

  private static final int LARGEST_LIMIT = 50;

  private Page() {}

  static Schema of(Schema input, int limit) {
    return input
        .integer("limit", "How many to give at most")
        .between(1, LARGEST_LIMIT)
        .with("default", limit)
        .integer("offset", "How many to skip")
        .between(0, Integer.MAX_VALUE)
        .with("default", 0);
  }
}
