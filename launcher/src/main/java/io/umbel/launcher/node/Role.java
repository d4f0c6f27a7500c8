package io.umbel.launcher.node;

import io.umbel.contract.ToolVerticle;
import io.vertx.core.Deployable;
import java.util.List;

/**
 * One thing that this process runs beside a gateway.
 *
 * @param word as the configuration spells it: a role word or a full class name
 * @param verticle ready to be deployed
 */
public record Role(String word, Deployable verticle) {

  /** The role that is made of settings, not found by its name. */
  public static final String GATEWAY = "gateway";

  /** The other one: it keeps its servers in the node's database. */
  public static final String REGISTRY = "registry";

  /** The word its announcements carry. */
  public String provider() {
    return verticle instanceof ToolVerticle family ? family.name() : word;
  }

  /** Whether it announces itself to gateways under a word that is known beforehand. */
  boolean isExpected() {
    return verticle instanceof ToolVerticle || word.indexOf('.') < 0;
  }

  /** The tools of a family, also those that not every caller has; none of anything else. */
  public List<String> toolNames() {
    return verticle instanceof ToolVerticle family ? family.possibleTools() : List.of();
  }

  /** Whether it keeps something in the node's database. */
  boolean needsDatabase() {
    return verticle instanceof ToolVerticle family && family.needsDatabase();
  }
}
