/** What can be set, where it is read from, and what is wrong with it. */
package io.umbel.launcher.settings;
