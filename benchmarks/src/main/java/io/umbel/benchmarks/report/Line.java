package io.umbel.benchmarks.report;

/**
 * What the reports know of a row.
 *
 * @param row its name
 * @param title what people read
 * @param yardstick the name of the row it is compared with; its own, where it is one
 */
public record Line(String row, String title, String yardstick) {}
