package io.umbel.registry.upstream;

/** The two ways in which MCP is spoken. */
public enum Era {
  /** Each request says all there is to know: 2026-07-28 and later. */
  STATELESS,
  /** A session says it once: 2025-11-25 and earlier. */
  SESSION
}
