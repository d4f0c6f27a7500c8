package io.umbel.tools.compliance;

import io.umbel.tools.compliance.kept.Standard;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Finds out how well issues are written. */
interface Judge {

  /** By what it judges, under which its results are kept. */
  Standard standard(Question question);

  /**
   * What it finds of one issue, as it is kept.
   *
   * @return fails with {@link io.umbel.tools.compliance.model.ModelFailure} where it cannot judge
   *     at the moment
   */
  Future<JsonObject> judge(Question question, AskedIssue issue);
}
