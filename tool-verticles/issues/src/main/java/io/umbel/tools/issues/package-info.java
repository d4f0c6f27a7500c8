/** Trackers and what is in them: issues, comments, labels, links and history. */
package io.umbel.tools.issues;
