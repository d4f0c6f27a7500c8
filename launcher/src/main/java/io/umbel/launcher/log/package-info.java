/** How log lines look and which are written. */
package io.umbel.launcher.log;
