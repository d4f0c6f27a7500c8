/** A closed loop of checked calls over keep-alive connections, in one thread. */
package io.umbel.benchmarks.load;
