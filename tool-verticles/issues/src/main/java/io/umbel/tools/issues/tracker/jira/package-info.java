/** Jira as a tracker: Cloud (REST v3) and Data Center (REST v2). */
package io.umbel.tools.issues.tracker.jira;
