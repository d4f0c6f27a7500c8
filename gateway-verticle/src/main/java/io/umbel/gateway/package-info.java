/** The MCP front door: it speaks MCP to clients and asks providers over the event bus. */
package io.umbel.gateway;
