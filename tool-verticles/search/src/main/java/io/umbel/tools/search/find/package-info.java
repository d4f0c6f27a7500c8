/** The tool: what is asked, what is found, how it is told. */
package io.umbel.tools.search.find;
