package io.umbel.benchmarks.subject;

import java.util.List;
import java.util.Map;

/**
 * How one process is started.
 *
 * @param part what it is in its subject, as in {@code gateway}
 * @param command the program and its arguments
 * @param environment beside that of this process
 */
public record Launch(String part, List<String> command, Map<String, String> environment) {}
