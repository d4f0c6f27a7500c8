package io.umbel.registry.upstream.rpc;

import io.umbel.registry.upstream.Era;
import java.util.Set;

/** The revisions of MCP that are spoken with servers. */
public final class Revisions {

  /** Of no sessions. */
  public static final String STATELESS = "2026-07-28";

  /** The newest of those with sessions: what a session is opened with. */
  public static final String NEWEST_SESSION = "2025-11-25";

  /** Those with sessions. */
  public static final Set<String> SESSIONS =
      Set.of(NEWEST_SESSION, "2025-06-18", "2025-03-26", "2024-11-05");

  /** Of which era that revision is; what nobody here knows counts as new. */
  public static Era era(Object revision) {
    return revision instanceof String text && SESSIONS.contains(text) ? Era.SESSION : Era.STATELESS;
  }

  private Revisions() {}
}
