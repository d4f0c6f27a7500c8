package io.umbel.tools.issues.manage;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Which projects of a tracker are told of: those of an organization that is included, that are not
 * excluded themselves, and, where any project is included, those that are. Without any rule about
 * organizations all of them are included, without any rule at all everything is.
 */
record ScopeRules(JsonArray rules) {

  boolean admit(String organization, String project) {
    return isOrganizationIncluded(organization)
        && !has("ORGANIZATION", "EXCLUDE", organization)
        && !has("PROJECT", "EXCLUDE", project)
        && (!hasAny("PROJECT", "INCLUDE") || has("PROJECT", "INCLUDE", project));
  }

  private boolean isOrganizationIncluded(String organization) {
    return !hasAny("ORGANIZATION", "INCLUDE") || has("ORGANIZATION", "INCLUDE", organization);
  }

  private boolean hasAny(String scope, String rule) {
    return rules.stream().anyMatch(each -> isOf((JsonObject) each, scope, rule));
  }

  private boolean has(String scope, String rule, String identifier) {
    return rules.stream()
        .map(JsonObject.class::cast)
        .filter(each -> isOf(each, scope, rule))
        .anyMatch(each -> each.getString("identifier").equalsIgnoreCase(identifier));
  }

  private static boolean isOf(JsonObject each, String scope, String rule) {
    return each.getString("scope_type").equals(scope)
        && each.getString("rule_type").equals(rule);
  }
}
