/** The index that comes along: Lucene in memory, made of files. */
package io.umbel.tools.entities.builtin;
