/** How well the text of an issue is written, and what it lacks. */
package io.umbel.tools.compliance;
