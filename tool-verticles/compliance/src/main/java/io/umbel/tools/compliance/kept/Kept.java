package io.umbel.tools.compliance.kept;

/**
 * A result, and by what it was found.
 *
 * @param standard by what
 * @param judged what was found
 */
public record Kept(Standard standard, Judged judged) {}
