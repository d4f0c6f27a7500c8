/** Keeps the copies of trackers on other servers as they are there. */
package io.umbel.tools.issues.sync;
