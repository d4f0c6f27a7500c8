/** JSON-RPC with a server, whatever carries it: requests both ways, sessions, and none. */
package io.umbel.registry.upstream.rpc;
