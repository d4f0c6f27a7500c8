/** Atlassian's document format, and the Markdown that says the same. */
package io.umbel.tools.issues.tracker.jira.adf;
