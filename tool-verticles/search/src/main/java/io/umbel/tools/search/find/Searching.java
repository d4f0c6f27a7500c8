package io.umbel.tools.search.find;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.ToolFailure;
import io.umbel.tools.search.find.Wanted.Way;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Which way something is looked for, and what is done where that way is not open. */
final class Searching {

  /** How many of either ranking are made one of. */
  private static final int FUSED = 200;

  private static final String NO_MEANING = "semantic_unavailable";

  private final Questions questions;

  /**
   * Searching.
   *
   * @param questions what questions mean; null where there is no model
   */
  Searching(Questions questions) {
    this.questions = questions;
  }

  /** Whether that search needs to know what its text means. */
  boolean asksModel(Wanted wanted) {
    if (wanted.isBlank() || wanted.way() == Way.FULLTEXT) {
      return false;
    }
    if (questions == null && wanted.way() == Way.SIMILARITY) {
      throw new ToolFailure(
          ErrorCode.NOT_CONFIGURED,
          "No embedding model is configured: use search_type \"auto\" or \"fulltext\", or ask the"
              + " operator for umbel.search.embeddings.url",
          null);
    }
    return questions != null;
  }

  /** What the text means; null where that is not known and need not be. */
  Future<Float[]> meaning(Wanted wanted) {
    if (!asksModel(wanted)) {
      return Future.succeededFuture();
    }
    return questions
        .vector(wanted.text(), wanted.way() == Way.SIMILARITY)
        .recover(why -> wanted.way() == Way.SIMILARITY
            ? Future.failedFuture(new ToolFailure(
                ErrorCode.UPSTREAM_ERROR,
                "The embedding model does not answer: use search_type \"auto\", or try again"
                    + " shortly",
                null))
            : Future.succeededFuture());
  }

  /** What is found. */
  Future<Hits> find(Rows rows, Wanted wanted, Float[] meaning) {
    if (wanted.isBlank()) {
      return rows.newest(wanted);
    }
    return switch (wanted.way()) {
      case FULLTEXT -> rows.withWords(wanted);
      case SIMILARITY -> like(rows, wanted, meaning);
      case AUTO, HYBRID -> both(rows, wanted, meaning);
    };
  }

  private Future<Hits> like(Rows rows, Wanted wanted, Float[] meaning) {
    return rows.vectors(questions.model())
        .compose(count -> rows.like(wanted, questions.model(), meaning)
            .map(hits -> count > Rows.COMPARED ? hits.but("newest_compared") : hits));
  }

  private Future<Hits> both(Rows rows, Wanted wanted, Float[] meaning) {
    if (meaning == null) {
      return words(rows, wanted).map(hits -> hits.but(NO_MEANING));
    }
    return rows.vectors(questions.model())
        .compose(count -> count == 0
            ? words(rows, wanted).map(hits -> hits.but(NO_MEANING))
            : words(rows, wanted.first(FUSED))
                .compose(one -> like(rows, wanted.first(FUSED), meaning)
                    .map(other -> fused(wanted, one, other))));
  }

  /** All the words; where nothing has them all, and nothing is said of how they belong, any. */
  private static Future<Hits> words(Rows rows, Wanted wanted) {
    return rows.withWords(wanted)
        .compose(hits -> isNothing(rows, wanted, hits)
            .compose(nothing -> nothing
                ? rows.withAnyWord(wanted).map(any -> any.total() > 0 ? any.but("any_word") : any)
                : Future.succeededFuture(hits)));
  }

  /** A page behind the last one does not tell how many there are before it. */
  private static Future<Boolean> isNothing(Rows rows, Wanted wanted, Hits hits) {
    if (hits.total() > 0 || !wanted.isPlain()) {
      return Future.succeededFuture(false);
    }
    return wanted.offset() == 0
        ? Future.succeededFuture(true)
        : rows.withWords(wanted.first(1)).map(first -> first.total() == 0);
  }

  private static Hits fused(Wanted wanted, Hits one, Hits other) {
    var all = Fusion.of(one.page(), other.page());
    var from = Math.min(wanted.offset(), all.size());
    var to = Math.min(from + wanted.limit(), all.size());
    var degraded = new ArrayList<>(one.degraded());
    degraded.addAll(other.degraded());
    return new Hits(all.subList(from, to), all.size(), Way.HYBRID.word(), List.copyOf(degraded));
  }
}
