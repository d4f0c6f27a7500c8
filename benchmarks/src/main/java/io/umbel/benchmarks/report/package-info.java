/** From measurements to medians, ratios and a table. */
package io.umbel.benchmarks.report;
