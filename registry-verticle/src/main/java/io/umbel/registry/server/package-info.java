/** Which upstream servers there are, whose, and how they are to be treated. */
package io.umbel.registry.server;
