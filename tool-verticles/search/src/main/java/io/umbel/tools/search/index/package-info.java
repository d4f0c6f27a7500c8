/** The index: how it is made of what the family of issues tells, and kept up to date. */
package io.umbel.tools.search.index;
