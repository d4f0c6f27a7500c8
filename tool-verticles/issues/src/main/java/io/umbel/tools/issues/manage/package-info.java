/** What the REST API asks about trackers. */
package io.umbel.tools.issues.manage;
