package io.umbel.tools.entities.settings;

import java.util.List;
import java.util.Map;

/**
 * From which score on, by backend: their scales differ.
 *
 * @param builtin null for nothing said
 * @param elasticsearch null for nothing said
 */
record Thresholds(Double builtin, Double elasticsearch) {

  static final Thresholds NONE = new Thresholds(null, null);
  private static final int MOST = 10_000;

  static Thresholds of(Yaml yaml) {
    if (yaml == null) {
      return NONE;
    }
    var names = List.of(EntitySettings.Files.BACKEND, EntitySettings.Server.BACKEND);
    var members = yaml.members(names);
    return new Thresholds(score(members, names.get(0)), score(members, names.get(1)));
  }

  /** These, and where they say nothing, those. */
  Thresholds or(Thresholds others) {
    return new Thresholds(
        builtin == null ? others.builtin : builtin,
        elasticsearch == null ? others.elasticsearch : elasticsearch);
  }

  double on(String backend) {
    var score = backend.equals(EntitySettings.Files.BACKEND) ? builtin : elasticsearch;
    return score == null ? 0 : score;
  }

  private static Double score(Map<String, Yaml> members, String name) {
    var score = members.get(name);
    return score == null ? null : score.number(0, MOST);
  }
}
