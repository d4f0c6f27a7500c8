/** Finds issues and comments of an account's trackers. */
package io.umbel.tools.search;
