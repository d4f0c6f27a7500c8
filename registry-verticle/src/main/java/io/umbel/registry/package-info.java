/** External MCP servers, described, watched and offered as one more provider. */
package io.umbel.registry;
