/** What Umbel costs, measured: every performance claim comes out of here. */
package io.umbel.benchmarks;
