/** What trackers knock for: that something of an issue is another now. */
package io.umbel.tools.issues.webhook;
