package io.umbel.tools.entities.builtin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** The best score of each document over several queries. One thread at a time. */
final class BestScores {

  private final float[] best;

  BestScores(int documents) {
    best = new float[documents];
  }

  /** A document and its best score. */
  record Best(int document, float score) {}

  /** Adds what that query finds with at least that score. */
  void add(IndexSearcher searcher, Query query, float floor) throws IOException {
    searcher.search(query, new CollectorManager<Collector, Void>() {
      @Override
      public Collector newCollector() {
        return new Filling(floor);
      }

      @Override
      public Void reduce(java.util.Collection<Collector> collectors) {
        return null;
      }
    });
  }

  /** How many there are. */
  long total() {
    var total = 0L;
    for (var score : best) {
      total += score > 0 ? 1 : 0;
    }
    return total;
  }

  /** Some of them by score, and where it is the same, by number. */
  List<Best> from(int offset, int limit) {
    var ranks = new PriorityQueue<Long>();
    for (var document = 0; document < best.length; document++) {
      if (best[document] > 0) {
        ranks.add(rank(document));
        if (ranks.size() > offset + limit) {
          ranks.poll();
        }
      }
    }
    var all = new ArrayList<>(ranks);
    all.sort(Collections.reverseOrder());
    return all.stream().skip(offset).map(this::ranked).toList();
  }

  /** The greater the better; bits of positive floats are in the order of the floats. */
  private long rank(int document) {
    return ((long) Float.floatToIntBits(best[document]) << 32) | (Integer.MAX_VALUE - document);
  }

  private Best ranked(long rank) {
    var document = Integer.MAX_VALUE - (int) rank;
    return new Best(document, best[document]);
  }

  /** Keeps what reaches the floor. */
  private final class Filling extends SimpleCollector {

    private final float floor;
    private Scorable scorer;
    private int base;

    Filling(float floor) {
      this.floor = floor;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) {
      base = context.docBase;
    }

    @Override
    public void setScorer(Scorable next) {
      scorer = next;
    }

    @Override
    public void collect(int document) throws IOException {
      var score = scorer.score();
      if (score >= floor) {
        best[base + document] = Math.max(best[base + document], score);
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE;
    }
  }
}
