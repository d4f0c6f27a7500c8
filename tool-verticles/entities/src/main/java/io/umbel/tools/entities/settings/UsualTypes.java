package io.umbel.tools.entities.settings;

import java.util.List;
import java.util.stream.Stream;

/** What is looked for, and how, where the file does not say. */
final class UsualTypes {

  /** The names of all usual types. */
  static final List<String> NAMES = List.of(
      "impact",
      "urgency",
      "priority",
      "status",
      "category",
      "source",
      "location",
      "department",
      "usergroup",
      EntityType.USER,
      "vendor");

  private static final double OF_A_NAME = 3.0;
  private static final double OF_AN_EMAIL = 2.5;
  private static final double OF_A_HIERARCHY = 2.5;
  private static final double OF_AN_ID = 2.0;
  private static final double OF_A_DESCRIPTION = 1.5;

  /**
   * From which score on anything counts. Elasticsearch's scale is that of indexes with many
   * entities.
   */
  private static final Thresholds ALL = new Thresholds(0.0, 7.0);

  private UsualTypes() {}

  /** A field and its own thresholds, if any. */
  record Usual(String name, double boost, Fuzziness fuzziness, Thresholds own) {}

  /** Everyone's thresholds. */
  static Thresholds thresholds() {
    return ALL;
  }

  /** The fields of a type; of one that nobody knows, those that nearly all have. */
  static List<Usual> fields(String type) {
    return switch (type) {
      case EntityType.USER -> user();
      case "category", "location", "department" -> and(named(), fuzzy("hierarchy", OF_A_HIERARCHY));
      case "vendor" -> and(named(), exact("email", OF_AN_EMAIL));
      default -> named();
    };
  }

  private static List<Usual> named() {
    return List.of(
        exact("id", OF_AN_ID), fuzzy("name", OF_A_NAME), fuzzy("description", OF_A_DESCRIPTION));
  }

  private static List<Usual> user() {
    return List.of(
        exact("id", OF_AN_ID),
        on(5.0, fuzzy("name", OF_A_NAME)),
        on(10.0, exact("email", OF_AN_EMAIL)),
        on(8.0, exact("userlogonname", OF_AN_ID)),
        exact("contact", OF_AN_ID),
        on(3.0, exact("contact2", OF_AN_ID)));
  }

  private static List<Usual> and(List<Usual> some, Usual more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  private static Usual exact(String name, double boost) {
    return new Usual(name, boost, Fuzziness.NONE, Thresholds.NONE);
  }

  private static Usual fuzzy(String name, double boost) {
    return new Usual(name, boost, Fuzziness.AUTO, Thresholds.NONE);
  }

  /** The same with a threshold of its own on Elasticsearch's scale. */
  private static Usual on(double elasticsearch, Usual field) {
    var own = new Thresholds(null, elasticsearch);
    return new Usual(field.name(), field.boost(), field.fuzziness(), own);
  }
}
