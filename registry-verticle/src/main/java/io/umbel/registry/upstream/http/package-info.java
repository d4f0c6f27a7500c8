/** MCP over HTTP: Streamable HTTP of both eras, and HTTP with server-sent events before it. */
package io.umbel.registry.upstream.http;
