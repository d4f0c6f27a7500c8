package io.umbel.registry.scan;

import io.umbel.registry.server.Definitions.Kind;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server was found to offer.
 *
 * @param things in the order they came
 * @param notes what was left out or is not used as it came, in words for the server's owner
 */
record Offered(List<Thing> things, List<String> notes) {

  /** One thing, by the server's own name, without what is more than anybody is granted. */
  record Thing(Kind kind, String name, JsonObject json, String hash) {}

  /** Nothing yet. */
  static Offered nothing() {
    return new Offered(new ArrayList<>(), new ArrayList<>());
  }

  /** How many there are of that kind. */
  long count(Kind kind) {
    return things.stream().filter(thing -> thing.kind() == kind).count();
  }

  boolean has(Kind kind, String name) {
    return things.stream().anyMatch(each -> each.kind() == kind && each.name().equals(name));
  }

  void note(String text) {
    if (notes.size() < 100) {
      notes.add(text);
    }
  }
}
