/**
 * The wire towards upstream servers: both eras, each transport, credentials, and where not to go.
 */
package io.umbel.registry.upstream;
