/** How a run ends, well or not. */
package io.umbel.launcher.exit;
