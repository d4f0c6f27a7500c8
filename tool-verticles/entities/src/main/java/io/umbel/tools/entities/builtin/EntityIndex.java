package io.umbel.tools.entities.builtin;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.ToolFailure;
import io.umbel.tools.entities.builtin.BestScores.Best;
import io.umbel.tools.entities.find.Found;
import io.umbel.tools.entities.find.Found.Hit;
import io.umbel.tools.entities.find.Wanted;
import io.umbel.tools.entities.settings.EntityType;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * One account's entities of one type, in memory. Never changes, may be asked by many threads at
 * once; blocks.
 */
public final class EntityIndex {

  /** No names of fields in a file. */
  private static final String ID = "=id";

  private static final String DATA = "=data";
  private static final String USER_TYPE = "=usertype";

  private final EntityType type;
  private final IndexSearcher searcher;

  private EntityIndex(EntityType type, IndexSearcher searcher) {
    this.type = type;
    this.searcher = searcher;
  }

  /**
   * One of these.
   *
   * @param entities by id
   */
  static EntityIndex of(EntityType type, List<Entity> entities) throws IOException {
    var directory = new ByteBuffersDirectory();
    // This policy alone keeps documents in their order, which is that of the ids.
    var config = new IndexWriterConfig(Words.ANALYZER).setMergePolicy(new LogDocMergePolicy());
    try (var writer = new IndexWriter(directory, config)) {
      for (var entity : entities) {
        writer.addDocument(document(type, entity));
      }
      writer.forceMerge(1);
    }
    var searcher = new IndexSearcher(DirectoryReader.open(directory));
    searcher.setQueryCache(null);
    return new EntityIndex(type, searcher);
  }

  private static Document document(EntityType type, Entity entity) {
    var document = new Document();
    document.add(new StoredField(ID, entity.id()));
    document.add(new StoredField(DATA, entity.data().toString()));
    entity
        .texts(Wanted.USER_TYPE)
        .forEach(text ->
            document.add(new StringField(USER_TYPE, text.toLowerCase(Locale.ROOT), Store.NO)));
    type.fields()
        .forEach(field -> entity
            .texts(field.name())
            .forEach(
                text -> document.add(new TextField(field.name(), Words.normal(text), Store.NO))));
    return document;
  }

  /** How many there are. */
  public int size() {
    return searcher.getIndexReader().numDocs();
  }

  /** What is wanted of them; throws {@link ToolFailure} where that cannot be looked for. */
  public Found find(Wanted wanted) throws IOException {
    var words = Words.of(wanted.query());
    if (words.all().size() > Words.MOST) {
      var text = "query has %d words: look for at most %d at once";
      throw new ToolFailure(
          ErrorCode.INVALID_ARGUMENT, text.formatted(words.all().size(), Words.MOST), null);
    }
    return words.all().isEmpty() ? Found.NOTHING : find(words, wanted);
  }

  private Found find(Words words, Wanted wanted) throws IOException {
    var scores = new BestScores(searcher.getIndexReader().maxDoc());
    for (var field : type.fields()) {
      scores.add(searcher, of(wanted, words.in(field)), wanted.floor(field));
    }
    var hits = new ArrayList<Hit>();
    for (var best : scores.from(wanted.offset(), wanted.limit())) {
      hits.add(hit(best));
    }
    return new Found(scores.total(), hits);
  }

  private static Query of(Wanted wanted, Query query) {
    return wanted.userType() == null
        ? query
        : new BooleanQuery.Builder()
            .add(query, Occur.MUST)
            .add(new TermQuery(new Term(USER_TYPE, wanted.userType())), Occur.FILTER)
            .build();
  }

  private Hit hit(Best best) throws IOException {
    var document = searcher.storedFields().document(best.document());
    return new Hit(document.get(ID), best.score(), new JsonObject(document.get(DATA)));
  }
}
