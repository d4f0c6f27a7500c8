// The TypeScript SDK, version 2, which speaks both eras.
// Usage: sdk-v2.mjs legacy|auto|pinned http|stdio|bridge
import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { authorization, check, CLIENT, command, makeTheCalls, sessionIsGone } from './calls.mjs';

const [era, kind] = process.argv.slice(2);
const url = new URL(process.env.URL_OF_MCP);
const transport = kind === 'http'
  ? new StreamableHTTPClientTransport(url, { requestInit: { headers: authorization() } })
  : new StdioClientTransport(command(kind));
const modes = { legacy: 'legacy', auto: 'auto', pinned: { pin: '2026-07-28' } };

await check(async () => {
  const client = new Client(CLIENT, { versionNegotiation: { mode: modes[era] } });
  const complaints = [];
  client.onerror = complaint => complaints.push(complaint.message);
  await client.connect(transport);
  assert.equal(client.getServerVersion().name, 'umbel');
  if (era === 'legacy') {
    assert.equal(client.getProtocolEra(), 'legacy');
    await client.ping();
  } else {
    assert.equal(client.getProtocolEra(), 'modern');
    assert.equal(client.getNegotiatedProtocolVersion(), '2026-07-28');
  }
  await makeTheCalls(client);
  if (era === 'legacy' && kind === 'http') {
    const session = transport.sessionId;
    await transport.terminateSession();
    await sessionIsGone(url, session);
  }
  await client.close();
  assert.deepEqual(complaints, []);
});
