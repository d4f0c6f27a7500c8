package io.umbel.tools.compliance.kept;

/**
 * By what, and in whose account, issues are judged.
 *
 * @param account the caller's
 * @param metric which metric, with a digest of its definition where an operator made it
 * @param method {@code rules} or {@code llm}
 * @param rubric the rules' name or the model's
 */
public record Standard(String account, String metric, String method, String rubric) {}
