/**
 * What the official MCP conformance suite asks a server to offer, by the names and texts it looks
 * for. Written with the public contract only, so it is also an example of everything a family of
 * tools can do.
 *
 * @see <a href="https://github.com/modelcontextprotocol/conformance">The suite</a>
 */
package io.umbel.conformance;
