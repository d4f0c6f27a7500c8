package io.umbel.tools.compliance.kept;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Where results are kept. Who asks has made sure that the caller may see these issues. */
public interface Results {

  /** What is known of these issues, by their ids; what is not known is not there. */
  Future<Map<String, Judged>> find(Standard standard, Collection<String> issues);

  /** All that is known of that issue, by whatever it was judged, as long as it says just that. */
  Future<List<Kept>> of(String account, String issue, String contentHash);

  /** Keeps these, by the ids of their issues. */
  Future<Void> keep(Standard standard, Map<String, Judged> judged);
}
