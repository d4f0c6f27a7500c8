/** Upstream MCP servers, as one more provider. */
package io.umbel.registry;
