package io.umbel.tools.entities.builtin;

import io.umbel.tools.entities.settings.Field;
import io.umbel.tools.entities.settings.Fuzziness;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * The words of a query, in lower case. It is text and no language: whatever is not a word is
 * nothing.
 */
record Words(List<String> all) {

  static final Analyzer ANALYZER = new StandardAnalyzer();

  /** How many a query may have. */
  static final int MOST = 64;

  /** Lucene takes 1,024 words of the index for one query. */
  private static final int MOST_EXPANSIONS = 960;

  private static final int EXPANSIONS_OF_A_WORD = 50;

  static Words of(String query) {
    var words = new ArrayList<String>();
    try (var tokens = ANALYZER.tokenStream("", normal(query))) {
      var term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        words.add(term.toString());
      }
      tokens.end();
    } catch (IOException e) {
      throw new IllegalStateException("A text in memory cannot be read", e);
    }
    return new Words(List.copyOf(words));
  }

  /** One of the many ways to write the same letters. */
  static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /**
   * What to look for in that field: any of the words, or for one that is exact, all in their order.
   */
  Query in(Field field) {
    var query = field.fuzziness() == Fuzziness.NONE ? phrase(field) : any(field);
    return new BoostQuery(query, (float) field.boost());
  }

  private Query phrase(Field field) {
    return all.size() == 1
        ? new TermQuery(new Term(field.name(), all.get(0)))
        : new PhraseQuery(field.name(), all.toArray(String[]::new));
  }

  private Query any(Field field) {
    var query = new BooleanQuery.Builder();
    new LinkedHashSet<>(all).forEach(word -> query.add(word(field, word), Occur.SHOULD));
    return query.build();
  }

  private Query word(Field field, String word) {
    var term = new Term(field.name(), word);
    var edits = field.fuzziness().edits(word.codePointCount(0, word.length()));
    return edits == 0
        ? new TermQuery(term)
        : new FuzzyQuery(
            term, edits, 0, Math.min(EXPANSIONS_OF_A_WORD, MOST_EXPANSIONS / all.size()), true);
  }
}
