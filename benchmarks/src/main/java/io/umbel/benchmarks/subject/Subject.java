package io.umbel.benchmarks.subject;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Something to be measured.
 *
 * @param name of its log files, and what results call it
 * @param processes started together, in this order
 * @param server where it answers
 * @param path what is posted to
 * @param ready what its answer to {@code tools/list} contains once everything is there
 */
public record Subject(
    String name, List<Launch> processes, InetSocketAddress server, String path, String ready) {}
