/** What is measured: processes that are started together, asked until they answer, and ended. */
package io.umbel.benchmarks.subject;
