package io.umbel.tools.compliance.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One node of a file, which knows where it stands. Whatever is not as it should be ends the
 * reading.
 *
 * @param file its name, for people
 * @param node as it was parsed; nothing is made of it but texts
 */
record Yaml(String file, Node node) {

  /** The members, each of which has one of these names. */
  Map<String, Yaml> members(List<String> names) {
    if (!(node instanceof MappingNode mapping)) {
      throw refused("expected members: " + String.join(", ", names));
    }
    var members = new LinkedHashMap<String, Yaml>();
    for (var tuple : mapping.getValue()) {
      var key = new Yaml(file, tuple.getKeyNode());
      var name = key.text(names::contains, "one of " + String.join(", ", names));
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

  /** A text that fits. */
  String text(Predicate<String> fits, String expected) {
    var text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (!fits.test(text)) {
      throw refused("expected " + expected);
    }
    return text;
  }

  /** A number above 0 and up to that. */
  double number(double most) {
    var expected = "a number above 0, at most " + Math.round(most);
    try {
      double number = Double.parseDouble(text(text -> true, expected));
      if (number > 0 && number <= most) {
        return number;
      }
      throw refused("expected " + expected);
    } catch (NumberFormatException e) {
      throw refused("expected " + expected);
    }
  }

  MetricsRefusal refused(String why) {
    return new MetricsRefusal(file, node.getStartMark().getLine() + 1, why);
  }
}
