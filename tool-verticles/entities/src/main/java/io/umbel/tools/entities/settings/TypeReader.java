package io.umbel.tools.entities.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads what a file says of types of entities.
 *
 * @param backend whose thresholds count
 * @param global where neither field nor type has any
 */
record TypeReader(String backend, Thresholds global) {

  static final String FIELD = "[A-Za-z_][A-Za-z0-9_.-]{0,63}";
  private static final String TYPE = "[a-z][a-z0-9_]{0,31}";
  private static final List<String> TYPE_MEMBERS =
      List.of("default_limit", "max_limit", "min_score", "fields");
  private static final List<String> FIELD_MEMBERS =
      List.of("name", "boost", "enabled", "fuzziness", "min_score");
  private static final int MOST_FIELDS = 20;
  private static final int MOST_BOOST = 100;
  private static final int USUAL_LIMIT = 10;
  private static final int MOST_LIMIT = 100;

  /** A type that the file says nothing of. */
  EntityType usual(String name) {
    return new EntityType(name, USUAL_LIMIT, MOST_LIMIT, usualFields(name, Thresholds.NONE));
  }

  EntityType type(String name, Yaml yaml) {
    if (!name.matches(TYPE)) {
      throw yaml.refused("expected a type such as cost_center, in lower case, not " + name);
    }
    var members = yaml.members(TYPE_MEMBERS);
    var own = Thresholds.of(members.get("min_score"));
    var max = limit(members.get("max_limit"), MOST_LIMIT, MOST_LIMIT);
    var usual = limit(members.get("default_limit"), Math.min(USUAL_LIMIT, max), max);
    var fields = members.get("fields");
    return new EntityType(
        name, usual, max, fields == null ? usualFields(name, own) : fields(fields, own));
  }

  private static int limit(Yaml yaml, int absent, int most) {
    return yaml == null ? absent : yaml.whole(1, most);
  }

  private List<Field> usualFields(String type, Thresholds own) {
    return UsualTypes.fields(type).stream()
        .map(usual ->
            new Field(usual.name(), usual.boost(), usual.fuzziness(), score(usual.own(), own)))
        .toList();
  }

  private List<Field> fields(Yaml yaml, Thresholds ofType) {
    var names = new HashSet<String>();
    var fields = new ArrayList<Field>();
    for (var entry : yaml.entries(MOST_FIELDS)) {
      field(entry, names, ofType).ifPresent(fields::add);
    }
    if (fields.isEmpty()) {
      throw yaml.refused("no field is enabled: nothing could be found");
    }
    return fields;
  }

  /** None where it is not enabled. */
  private Optional<Field> field(Yaml yaml, HashSet<String> names, Thresholds ofType) {
    var members = yaml.members(FIELD_MEMBERS);
    var name = yaml.required(members, "name").text(FIELD, "the name of a field");
    if (!names.add(name)) {
      throw yaml.refused("the field " + name + " is there twice");
    }
    var boost = members.get("boost");
    var field = new Field(
        name,
        boost == null ? 1 : boost.number(0, MOST_BOOST),
        fuzziness(members.get("fuzziness")),
        score(Thresholds.of(members.get("min_score")), ofType));
    if (field.boost() == 0) {
      throw boost.refused("expected a boost above 0; enabled: false switches a field off");
    }
    var enabled = members.get("enabled");
    return enabled == null || enabled.flag() ? Optional.of(field) : Optional.empty();
  }

  private static Fuzziness fuzziness(Yaml yaml) {
    return yaml == null
        ? Fuzziness.AUTO
        : Objects.requireNonNull(
            Fuzziness.of(yaml.text("0|1|2|AUTO", "0, 1, 2 or AUTO")), "fuzziness");
  }

  private double score(Thresholds ofField, Thresholds ofType) {
    return ofField.or(ofType).or(global).on(backend);
  }
}
