/** How requests can be followed through everything that answers them. */
package io.umbel.gateway.trace;
