/** A PostgreSQL server that a node brings along, for whoever has none. */
package io.umbel.storage.embedded;
