/** What stands between an account and a server: connections, a circuit breaker, a bulkhead. */
package io.umbel.registry.pool;
