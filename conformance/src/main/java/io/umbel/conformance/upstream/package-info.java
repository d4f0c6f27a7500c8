/**
 * What the official MCP conformance suite asks a client to do, done by what speaks with upstreams.
 */
package io.umbel.conformance.upstream;
