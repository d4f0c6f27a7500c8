package io.umbel.tools.compliance.kept;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** In memory, for a node without a database: the {@value #MOST} that were used last. */
public final class RememberedResults implements Results {

  private static final int MOST = 10_000;

  private final Cache<Key, Judged> known =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  private record Key(Standard standard, String issue) {}

  @Override
  public Future<Map<String, Judged>> find(Standard standard, Collection<String> issues) {
    var found = new HashMap<String, Judged>();
    for (var issue : issues) {
      var judged = known.getIfPresent(new Key(standard, issue));
      if (judged != null) {
        found.put(issue, judged);
      }
    }
    return Future.succeededFuture(found);
  }

  @Override
  public Future<List<Kept>> of(String account, String issue, String contentHash) {
    return Future.succeededFuture(known.asMap().entrySet().stream()
        .filter(entry -> entry.getKey().standard().account().equals(account)
            && entry.getKey().issue().equals(issue)
            && entry.getValue().contentHash().equals(contentHash))
        .map(entry -> new Kept(entry.getKey().standard(), entry.getValue()))
        .toList());
  }

  @Override
  public Future<Void> keep(Standard standard, Map<String, Judged> judged) {
    judged.forEach((issue, result) -> known.put(new Key(standard, issue), result));
    return Future.succeededFuture();
  }
}
