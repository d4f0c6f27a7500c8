package io.umbel.gateway.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The requests this gateway answers, and in which era each exists. */
public enum McpMethod {
  SERVER_DISCOVER("server/discover", Era.STATELESS, Mirrored.NOTHING),
  INITIALIZE("initialize", Era.SESSIONS, Mirrored.NOTHING),
  PING("ping", Era.SESSIONS, Mirrored.NOTHING),
  TOOLS_LIST("tools/list", Era.BOTH, Mirrored.NOTHING),
  TOOLS_CALL("tools/call", Era.BOTH, Mirrored.NAME);

  private static final Map<String, McpMethod> BY_TEXT =
      Arrays.stream(values()).collect(Collectors.toMap(McpMethod::text, Function.identity()));

  private final String text;
  private final Era era;
  private final Mirrored mirrored;

  private enum Era {
    STATELESS,
    SESSIONS,
    BOTH
  }

  private enum Mirrored {
    NOTHING,
    NAME
  }

  McpMethod(String text, Era era, Mirrored mirrored) {
    this.text = text;
    this.era = era;
    this.mirrored = mirrored;
  }

  /** As the wire spells it. */
  public String text() {
    return text;
  }

  /** Whether the header {@code Mcp-Name} repeats {@code params.name}. */
  public boolean mirrorsName() {
    return mirrored == Mirrored.NAME;
  }

  /** Whether a client may keep its results for a while, so that they carry how long. */
  public boolean isCacheable() {
    return this == SERVER_DISCOVER || this == TOOLS_LIST;
  }

  /** The method of that name in the era of that revision. */
  public static Optional<McpMethod> of(String text, Revision revision) {
    return Optional.ofNullable(BY_TEXT.get(text)).filter(method -> method.existsIn(revision));
  }

  private boolean existsIn(Revision revision) {
    return era == Era.BOTH || (era == Era.STATELESS) == revision.isStateless();
  }
}
