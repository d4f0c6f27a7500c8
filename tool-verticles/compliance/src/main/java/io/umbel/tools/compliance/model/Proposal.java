package io.umbel.tools.compliance.model;

import java.util.List;

/**
 * How an issue could be written.
 *
 * @param title another one, or null where it stays
 * @param description the whole one
 * @param changes what that would change, for people
 */
public record Proposal(String title, String description, List<String> changes) {}
