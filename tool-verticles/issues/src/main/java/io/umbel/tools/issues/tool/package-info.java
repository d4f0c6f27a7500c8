/** The tools, one class each. */
package io.umbel.tools.issues.tool;
