package io.umbel.contract;

import java.util.Map;

/** One request for a resource. */
public final class ResourceCall extends Asking {

  private final String uri;
  private final Map<String, String> variables;

  ResourceCall(Conversation conversation, String uri, Map<String, String> variables) {
    super(conversation);
    this.uri = uri;
    this.variables = variables;
  }

  /** What is to be read. */
  public String uri() {
    return uri;
  }

  /** A variable of the template that the URI follows. */
  public String variable(String name) {
    return variables.get(name);
  }
}
