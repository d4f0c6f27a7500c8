/** A tracker to try things with. */
package io.umbel.tools.issues.demo;
