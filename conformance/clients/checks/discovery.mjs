// What the OAuth part of both TypeScript SDKs finds at a gateway that wants a token, without any.
// Usage: discovery.mjs v1|v2
import assert from 'node:assert/strict';
import { check } from './calls.mjs';

const [version] = process.argv.slice(2);
const sdk = await import(
  version === 'v1' ? '@modelcontextprotocol/sdk/client/auth.js' : '@modelcontextprotocol/client');

await check(async () => {
  const url = process.env.URL_OF_MCP;
  const refused = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  if (refused.status !== 401) {
    return; // this one lets in everybody
  }
  const { resourceMetadataUrl } = sdk.extractWWWAuthenticateParams(refused);
  assert.equal(resourceMetadataUrl.pathname, '/.well-known/oauth-protected-resource/mcp');
  for (const options of [{ resourceMetadataUrl }, {}]) {
    const metadata = await sdk.discoverOAuthProtectedResourceMetadata(url, options);
    assert.equal(metadata.resource, url);
    assert.deepEqual(metadata.bearer_methods_supported, ['header']);
  }
});
