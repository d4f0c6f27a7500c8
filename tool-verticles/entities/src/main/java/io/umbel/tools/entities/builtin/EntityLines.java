package io.umbel.tools.entities.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import io.umbel.tools.entities.builtin.Entity.Unusable;
import io.umbel.tools.entities.settings.EntitiesRefusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The entities of one file while it is read. Lines that hold none are left out, and told. */
final class EntityLines {

  /** How many entities a file may have. */
  static final int MOST = 1_000_000;

  private static final int TOLD = 10;

  private final String file;
  private final Map<String, Entity> entities = new TreeMap<>(Comparator.naturalOrder());
  private final List<String> told = new ArrayList<>();
  private int unusable;

  EntityLines(String file) {
    this.file = file;
  }

  /** Takes what begins in that line. */
  void take(long line, JsonNode value) {
    if (entities.size() == MOST) {
      throw new EntitiesRefusal(file, line, "more than the " + MOST + " entities a file may have");
    }
    try {
      var entity = Entity.of(value);
      if (entities.putIfAbsent(entity.id(), entity) != null) {
        leaveOut(line, "the id " + entity.id() + " is there already");
      }
    } catch (Unusable e) {
      leaveOut(line, e.getMessage());
    }
  }

  /** That line holds no entity. */
  void leaveOut(long line, String why) {
    unusable++;
    if (told.size() < TOLD) {
      told.add("line " + line + ": " + why);
    }
  }

  /** By id, so that the first of two equal hits is always the same. */
  List<Entity> entities() {
    return List.copyOf(entities.values());
  }

  /** How many lines were left out. */
  int unusable() {
    return unusable;
  }

  /** The first of them, each with its number and what is wrong. */
  List<String> told() {
    return List.copyOf(told);
  }
}
