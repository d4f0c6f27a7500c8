package io.umbel.tools.search.vectors;

import io.vertx.core.Future;
import java.util.List;

/** A model that says what texts mean. */
public interface Embeddings {

  /** Its name: vectors of two models cannot be compared. */
  String model();

  /** A vector of length one for each text, in their order; soon, or it fails. */
  Future<List<float[]>> ofQuestion(List<String> texts);

  /** The same where nobody waits for it. */
  Future<List<float[]>> ofTexts(List<String> texts);

  /** The longest text that is sent, in characters. */
  int LONGEST = 8_000;
}
