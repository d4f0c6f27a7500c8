/** Tokens for servers that want OAuth 2.1: client credentials, and where to get them for what. */
package io.umbel.registry.upstream.oauth;
