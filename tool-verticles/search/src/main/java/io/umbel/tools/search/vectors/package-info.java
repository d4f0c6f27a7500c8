/** What texts mean, as an embedding model has it. */
package io.umbel.tools.search.vectors;
