/** What changes issues: all of a change is kept, or nothing, and then told. */
package io.umbel.tools.issues.write;
