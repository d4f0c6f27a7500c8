// A server that is removed takes its tools with it: within two seconds they are neither listed nor
// called, and clients that listen are told. Usage: upstreams-removed.mjs
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { check, CLIENT } from './calls.mjs';
import { connect } from './features-clients.mjs';

const SECONDS = 2;
const umbel = (...args) => promisify(execFile)(process.env.UMBEL, ['server', ...args]);
const ofServer = async (client, namespace) =>
  (await client.listTools()).tools.filter(tool => tool.name.startsWith(`${namespace}_`));

async function within(what, holds) {
  for (const end = Date.now() + SECONDS * 1_000; !(await holds()); ) {
    assert.ok(Date.now() < end, `${what}: not within ${SECONDS} s`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

await check(async () => {
  await umbel('add', 'leaving', '--command', 'mcp-server-everything stdio');
  for (const kind of ['v2-auto', 'v2-legacy']) {
    const { client, call, lists, modern } = await connect(kind, CLIENT, { elicitation: {}, sampling: {}, roots: {} });
    await within(`${kind} sees it`, async () => (await ofServer(client, 'leaving')).length > 0);
    const listening = modern ? await client.listen({ toolsListChanged: true }) : undefined;
    lists.length = 0;
    await umbel('remove', 'leaving');
    await within(`${kind} sees it go`, async () => (await ofServer(client, 'leaving')).length === 0);
    await within(`${kind} is told`, () => lists.length > 0);
    await assert.rejects(
      call('leaving_echo', { message: 'x' }),
      error => error.code === -32602 && error.message.includes('Unknown tool: leaving_echo'));
    await listening?.close();
    await client.close();
    if (modern) {
      await umbel('add', 'leaving', '--url', process.env.URL_OF_HTTP);
    }
  }
});
