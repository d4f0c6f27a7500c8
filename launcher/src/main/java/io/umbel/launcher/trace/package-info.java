/** Where spans go, and what those of the bus are called. */
package io.umbel.launcher.trace;
