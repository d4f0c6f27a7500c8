/**
 * What accounts have, in PostgreSQL: read once, kept in memory, thrown away when it changes on
 * whichever node.
 */
package io.umbel.gateway.store;
