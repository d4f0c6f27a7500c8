package io.umbel.registry.scan;

import io.umbel.contract.ServerNames;
import io.umbel.registry.scan.Offered.Thing;
import io.umbel.registry.server.Definitions.Definition;
import io.umbel.registry.server.Definitions.Kind;
import io.umbel.registry.server.Definitions.State;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is thought of what a server offers now, given what it offered before. The first of its name
 * is approved; what was approved stays so as long as it is the same to the letter.
 */
final class Judgement {

  private final String namespace;
  private final Others others;
  private final Map<String, Definition> before = new HashMap<>();

  Judgement(String namespace, Others others, List<Definition> before) {
    this.namespace = namespace;
    this.others = others;
    before.forEach(each -> this.before.put(key(each.kind(), each.name()), each));
  }

  List<Definition> of(Offered offered) {
    var own = offered.things().stream().map(Thing::name).collect(Collectors.toSet());
    return offered.things().stream().map(thing -> judged(thing, own, offered)).toList();
  }

  private Definition judged(Thing thing, Set<String> own, Offered offered) {
    var known = before.get(key(thing.kind(), thing.name()));
    var approved = known == null ? null : approved(known);
    if (approved != null && hash(known).equals(thing.hash())) {
      return definition(thing, null, State.APPROVED);
    }
    var imitated = thing.kind() == Kind.TOOL ? imitated(thing, own) : null;
    if (imitated != null) {
      offered.note("%s may be taken for %s, or speaks of it; it is hidden until it is approved"
          .formatted(thing.name(), imitated));
      return definition(thing, approved, State.SHADOWING);
    }
    return approved == null
        ? definition(thing, null, State.APPROVED)
        : definition(thing, approved, State.CHANGED);
  }

  /** What was approved last, or null for one that never was. */
  private static JsonObject approved(Definition known) {
    if (known.approved() != null) {
      return known.approved();
    }
    return known.state() == State.SHADOWING ? null : known.json();
  }

  /** Of what was approved last; hashing is not done again without need. */
  private static String hash(Definition known) {
    return known.approved() == null ? known.hash() : Canonical.hash(known.approved());
  }

  private String imitated(Thing thing, Set<String> own) {
    var listed = others.likened(ServerNames.of(namespace, thing.name()));
    if (listed != null) {
      return listed;
    }
    var copied = others.copied(thing.name());
    if (copied != null) {
      return copied;
    }
    var texts = thing.json().getValue("title") + " " + thing.json().getValue("description");
    return others.mentioned(texts, own);
  }

  private static Definition definition(Thing thing, JsonObject approved, State state) {
    return new Definition(thing.kind(), thing.name(), thing.json(), approved, state, thing.hash());
  }

  private static String key(Kind kind, String name) {
    return kind + " " + name;
  }
}
