/** The trackers on other servers that accounts have: their credentials, and how they stand. */
package io.umbel.tools.issues.remote;
