/** The load generator that every performance claim comes out of. */
package io.umbel.benchmarks;
