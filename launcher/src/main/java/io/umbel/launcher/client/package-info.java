/** A small MCP client for people at a shell. */
package io.umbel.launcher.client;
