/** The seam behind which trackers of any kind are, and the kind that needs no other server. */
package io.umbel.tools.issues.tracker;
