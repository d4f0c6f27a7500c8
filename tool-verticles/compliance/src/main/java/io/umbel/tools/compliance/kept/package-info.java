/** Results that are kept until the issue says something else. */
package io.umbel.tools.compliance.kept;
