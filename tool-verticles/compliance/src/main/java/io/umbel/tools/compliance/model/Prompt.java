package io.umbel.tools.compliance.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.umbel.contract.JsonSchema;

/**
 * A question for the model.
 *
 * @param system what is to be done; nothing of an issue is in it
 * @param user the issue, as material
 * @param answer what the answer has to be
 * @param mostTokens how long the answer may be
 */
record Prompt(String system, String user, JsonSchema answer, int mostTokens) {

  /** Few languages need more tokens than a third of their bytes. */
  private static final int BYTES_OF_A_TOKEN = 3;

  /** What the question may use, at most, answer and all. */
  long tokens() {
    return questionTokens() + mostTokens;
  }

  private long questionTokens() {
    return tokensOf(system) + tokensOf(user);
  }

  /** What such a text uses, about. */
  static long tokensOf(String text) {
    return text.getBytes(UTF_8).length / BYTES_OF_A_TOKEN + 1L;
  }
}
