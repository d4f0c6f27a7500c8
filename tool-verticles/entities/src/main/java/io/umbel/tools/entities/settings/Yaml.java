package io.umbel.tools.entities.settings;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One node of a file of YAML or JSON, which knows where it stands. Whatever is not as it should be
 * ends the reading.
 *
 * @param file its name, for people
 */
record Yaml(String file, Node node) {

  private static final int MOST_CHARACTERS = 256 * 1024;

  /** A node of that text; refused where it is empty or none. */
  static Yaml parse(String file, String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setMaxAliasesForCollections(0);
    try {
      var node = new org.yaml.snakeyaml.Yaml(options).compose(new StringReader(text));
      if (node == null) {
        throw new EntitiesRefusal(file, 1, "expected members, the file is empty");
      }
      return new Yaml(file, node);
    } catch (MarkedYAMLException e) {
      var line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
      throw new EntitiesRefusal(file, line + 1L, e.getProblem());
    } catch (YAMLException e) {
      throw new EntitiesRefusal(file, e.getMessage());
    }
  }

  /** The members, each of which has one of these names. */
  Map<String, Yaml> members(List<String> names) {
    var members = named(String.join(", ", names));
    members.forEach((name, value) -> {
      if (!names.contains(name)) {
        throw value.refused(
            "there is no " + name + " here; expected one of " + String.join(", ", names));
      }
    });
    return members;
  }

  /** The members, whatever their names are; an empty node has none. */
  Map<String, Yaml> named(String expected) {
    if (isEmpty()) {
      return Map.of();
    }
    if (!(node instanceof MappingNode mapping)) {
      throw refused("expected members: " + expected);
    }
    var members = new LinkedHashMap<String, Yaml>();
    for (var tuple : mapping.getValue()) {
      var key = new Yaml(file, tuple.getKeyNode());
      var name = key.text(".+", "a name");
      if (members.put(name, new Yaml(file, tuple.getValueNode())) != null) {
        throw key.refused(name + " is there twice");
      }
    }
    return members;
  }

  /** The entries of a list of at least one and at most so many. */
  List<Yaml> entries(int most) {
    if (!(node instanceof SequenceNode list)
        || list.getValue().isEmpty()
        || list.getValue().size() > most) {
      throw refused("expected a list of 1 to " + most + " entries");
    }
    return list.getValue().stream().map(entry -> new Yaml(file, entry)).toList();
  }

  /** A text of that form. */
  String text(String regex, String expected) {
    var text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (!text.matches(regex)) {
      throw refused("expected " + expected);
    }
    return text;
  }

  boolean flag() {
    return text("true|false", "true or false").equals("true");
  }

  /** A whole number. */
  int whole(int min, int max) {
    return (int) number(min, max, "-?[0-9]{1,9}", "a whole number");
  }

  /** A number; no more than five digits before and after the point. */
  double number(int min, int max) {
    return number(min, max, "[0-9]{1,5}(\\.[0-9]{1,5})?", "a number");
  }

  private double number(int min, int max, String form, String what) {
    var expected = "%s from %d to %d".formatted(what, min, max);
    var number = Double.parseDouble(text(form, expected));
    if (number < min || number > max) {
      throw refused("expected " + expected);
    }
    return number;
  }

  /** That member; refused here where it is not there. */
  Yaml required(Map<String, Yaml> members, String name) {
    return Optional.ofNullable(members.get(name)).orElseThrow(() -> refused(name + " is missing"));
  }

  EntitiesRefusal refused(String why) {
    return new EntitiesRefusal(file, node.getStartMark().getLine() + 1L, why);
  }

  private boolean isEmpty() {
    return node instanceof ScalarNode scalar && scalar.getValue().isEmpty();
  }
}
