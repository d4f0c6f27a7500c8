/** Single steps on the way of a call, measured by JMH. */
package io.umbel.benchmarks.micro;
