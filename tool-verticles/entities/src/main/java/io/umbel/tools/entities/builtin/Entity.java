package io.umbel.tools.entities.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** An entity as a file has it. */
record Entity(String id, ObjectNode data) {

  private static final int MOST_OF_AN_ID = 256;

  /** The largest one, in characters of JSON. */
  static final int MOST_CHARACTERS = 16 * 1024;

  /** That of this value; throws {@link Unusable} where it is none. */
  static Entity of(JsonNode value) throws Unusable {
    if (!(value instanceof ObjectNode data)) {
      throw new Unusable("expected an object");
    }
    var id = data.path("id");
    var text = id.asText().strip();
    if (!(id.isTextual() || id.isIntegralNumber())
        || text.isEmpty()
        || text.length() > MOST_OF_AN_ID) {
      throw new Unusable("expected an id, a text or a whole number of at most 256 characters");
    }
    if (data.toString().length() > MOST_CHARACTERS) {
      throw new Unusable("larger than the " + MOST_CHARACTERS + " characters an entity may have");
    }
    return new Entity(text, data);
  }

  /** What there is to look into. */
  List<String> texts(String field) {
    var value = data.path(field);
    var texts = new ArrayList<String>();
    if (value.isArray()) {
      value.forEach(one -> add(one, texts));
    } else {
      add(value, texts);
    }
    return texts;
  }

  private static void add(JsonNode value, List<String> texts) {
    if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
      texts.add(value.asText());
    }
  }

  /** Why a line holds no entity. Without a stack: an answer. */
  static final class Unusable extends Exception {

    private static final long serialVersionUID = 1L;

    Unusable(String why) {
      super(why, null, false, false);
    }
  }
}
