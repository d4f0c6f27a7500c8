/**
 * The estimator {@code rules-1}: from the text of an issue to a number and its reasons. A pure
 * library: the same text gives the same bytes on every node. Every scanner reads its text a bounded
 * number of times, whatever the text is; there are no regular expressions.
 */
package io.umbel.tools.compliance.rules;
