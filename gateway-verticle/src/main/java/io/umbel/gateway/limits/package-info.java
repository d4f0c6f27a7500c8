/** How much a client may ask for, and who a client is where nobody says: rate limits. */
package io.umbel.gateway.limits;
