package io.umbel.tools.compliance.rules;

/**
 * A place in a description.
 *
 * @param text what stands there, letter by letter
 * @param label what it is: {@code criterion}, {@code vague}, {@code story}, {@code dependency}
 * @param compliant whether it is as it should be
 * @param comment why
 */
public record Annotation(String text, String label, boolean compliant, String comment) {}
