/** Servers that are processes of our own: one child for each in the whole cluster, watched over. */
package io.umbel.registry.upstream.stdio;
