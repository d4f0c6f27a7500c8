package io.umbel.gateway.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The requests this gateway answers, and in which era each exists. */
public enum McpMethod {
  SERVER_DISCOVER("server/discover", Era.STATELESS),
  SUBSCRIPTIONS_LISTEN("subscriptions/listen", Era.STATELESS),
  INITIALIZE("initialize", Era.SESSIONS),
  PING("ping", Era.SESSIONS),
  LOGGING_SET_LEVEL("logging/setLevel", Era.SESSIONS),
  RESOURCES_SUBSCRIBE("resources/subscribe", Era.SESSIONS),
  RESOURCES_UNSUBSCRIBE("resources/unsubscribe", Era.SESSIONS),
  TOOLS_LIST("tools/list", Era.BOTH),
  TOOLS_CALL("tools/call", Era.BOTH),
  PROMPTS_LIST("prompts/list", Era.BOTH),
  PROMPTS_GET("prompts/get", Era.BOTH),
  RESOURCES_LIST("resources/list", Era.BOTH),
  RESOURCES_TEMPLATES_LIST("resources/templates/list", Era.BOTH),
  RESOURCES_READ("resources/read", Era.BOTH),
  COMPLETION_COMPLETE("completion/complete", Era.BOTH);

  private static final Map<String, McpMethod> BY_TEXT =
      Arrays.stream(values()).collect(Collectors.toMap(McpMethod::text, Function.identity()));

  private final String text;
  private final Era era;

  private enum Era {
    STATELESS,
    SESSIONS,
    BOTH
  }

  McpMethod(String text, Era era) {
    this.text = text;
    this.era = era;
  }

  /** As the wire spells it. */
  public String text() {
    return text;
  }

  /** What the header {@code Mcp-Name} repeats of these params; null where nothing. */
  public String mirrored(Envelope.Facts facts) {
    return switch (this) {
      case TOOLS_CALL, PROMPTS_GET -> facts.name();
      case RESOURCES_READ -> facts.uri();
      default -> null;
    };
  }

  /** Whether a client may keep its results for a while, so that they carry how long. */
  public boolean isCacheable() {
    return switch (this) {
      case SERVER_DISCOVER,
          TOOLS_LIST,
          PROMPTS_LIST,
          RESOURCES_LIST,
          RESOURCES_TEMPLATES_LIST,
          RESOURCES_READ -> true;
      default -> false;
    };
  }

  /** Whether there is a method of that name in any era. */
  public static boolean exists(String text) {
    return BY_TEXT.containsKey(text);
  }

  /** The method of that name in the era of that revision. */
  public static Optional<McpMethod> of(String text, Revision revision) {
    return Optional.ofNullable(BY_TEXT.get(text)).filter(method -> method.existsIn(revision));
  }

  private boolean existsIn(Revision revision) {
    return era == Era.BOTH || (era == Era.STATELESS) == revision.isStateless();
  }
}
