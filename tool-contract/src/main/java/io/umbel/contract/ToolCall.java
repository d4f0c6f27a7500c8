package io.umbel.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of a tool. Its arguments follow the tool's input schema: they were checked before the
 * function was asked. An absent optional argument reads as null, 0 or false, or as the default that
 * is given here.
 */
public final class ToolCall extends Asking {

  private final ObjectNode arguments;

  ToolCall(Conversation conversation, ObjectNode arguments) {
    super(conversation);
    this.arguments = arguments;
  }

  public boolean has(String name) {
    return arguments.hasNonNull(name);
  }

  public String text(String name) {
    return has(name) ? arguments.get(name).textValue() : null;
  }

  public String text(String name, String absent) {
    return has(name) ? text(name) : absent;
  }

  public long integer(String name) {
    return arguments.path(name).longValue();
  }

  public long integer(String name, long absent) {
    return has(name) ? integer(name) : absent;
  }

  public double number(String name) {
    return arguments.path(name).doubleValue();
  }

  public boolean flag(String name) {
    return arguments.path(name).booleanValue();
  }

  /** A list of texts; empty where absent. */
  public List<String> texts(String name) {
    var texts = new ArrayList<String>();
    arguments.path(name).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** All arguments, as a copy. */
  public JsonObject arguments() {
    return new JsonObject(arguments.toString());
  }
}
