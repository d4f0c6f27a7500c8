// The TypeScript SDK, version 1: what most clients of 2025 are made with.
// Usage: sdk-v1.mjs http|stdio|bridge|mcp-remote
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { authorization, check, CLIENT, command, makeTheCalls, sessionIsGone } from './calls.mjs';

const [kind] = process.argv.slice(2);
const url = new URL(process.env.URL_OF_MCP);
const transport = kind === 'http'
  ? new StreamableHTTPClientTransport(url, { requestInit: { headers: authorization() } })
  : new StdioClientTransport(command(kind));

await check(async () => {
  const client = new Client(CLIENT);
  const complaints = [];
  client.onerror = complaint => complaints.push(complaint.message);
  await client.connect(transport);
  assert.equal(client.getServerVersion().name, 'umbel');
  await client.ping();
  await makeTheCalls(client);
  if (kind === 'http') {
    const session = transport.sessionId;
    assert.ok(session, 'initialize gave no session');
    await transport.terminateSession();
    await sessionIsGone(url, session);
  }
  await client.close();
  assert.deepEqual(complaints, []);
});
