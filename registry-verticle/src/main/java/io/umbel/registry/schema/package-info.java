/** Schemas that strangers wrote: which of them arguments are held against, and how. */
package io.umbel.registry.schema;
