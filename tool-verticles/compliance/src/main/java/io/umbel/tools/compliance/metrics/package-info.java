/** Which metrics there are: those that come with Umbel, and the operator's own. */
package io.umbel.tools.compliance.metrics;
