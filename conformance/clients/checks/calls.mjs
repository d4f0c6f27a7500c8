// The calls that every SDK makes, and what has to come back. The classes of both SDKs have these
// methods in common, so one list of calls does for all eras and transports.
import assert from 'node:assert/strict';

export const CLIENT = { name: 'umbel-client-checks', version: '1' };

/** Ends this process, whatever a client leaves open; the reason of a failure goes to stdout, in one line. */
export async function check(body) {
  try {
    await body();
    process.exit(0);
  } catch (failure) {
    console.error(failure.stack);
    console.log(`${failure.name}: ${failure.message.replace(/\s+/g, ' ')}`);
    process.exit(1);
  }
}

/** What a client must be able to do after it has connected. */
export async function makeTheCalls(client) {
  await listShowsTheDemoTools(client);
  await aGoodCallAnswers(client);
  await aBadArgumentIsTheToolsFailure(client);
  await anUnknownToolIsAnError(client);
  await callsAtOnceGetTheirOwnAnswers(client);
}

async function listShowsTheDemoTools(client) {
  const { tools } = await client.listTools();
  const names = tools.map(tool => tool.name);
  assert.ok(names.includes('add') && names.includes('echo'), `tools/list has ${names}`);
}

async function aGoodCallAnswers(client) {
  const sum = await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } });
  assert.deepEqual(sum.structuredContent, { result: 5 });
  const echo = await client.callTool({ name: 'echo', arguments: { message: 'hü ☂' } });
  assert.deepEqual(echo.structuredContent, { result: 'Echo: hü ☂' });
}

async function aBadArgumentIsTheToolsFailure(client) {
  const failure = await client.callTool({ name: 'add', arguments: { a: 'x' } });
  assert.equal(failure.isError, true, 'a bad argument is not an error');
  const { error } = failure.structuredContent ?? JSON.parse(failure.content[0].text);
  assert.equal(error.code, 'INVALID_ARGUMENT');
}

async function anUnknownToolIsAnError(client) {
  await assert.rejects(
    client.callTool({ name: 'no-such-tool', arguments: {} }),
    error => error.code === -32602 && error.message.includes('Unknown tool: no-such-tool'));
}

async function callsAtOnceGetTheirOwnAnswers(client) {
  const calls = [...Array(20).keys()].map(async n => {
    const sum = await client.callTool({ name: 'add', arguments: { a: n, b: n } });
    assert.deepEqual(sum.structuredContent, { result: 2 * n });
  });
  await Promise.all(calls);
}

/** What a client shows to be let in; nothing where the gateway lets in everybody. */
export function authorization() {
  const token = process.env.TOKEN_OF_MCP;
  return token ? { authorization: `Bearer ${token}` } : {};
}

/** An ended session is gone for good. */
export async function sessionIsGone(url, session) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      ...authorization(),
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-session-id': session,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  assert.equal(answer.status, 404, 'an ended session still answers');
}

/** The command line behind a stdio transport; what it logs goes to the stderr of the check. */
export function command(transport, url = process.env.URL_OF_MCP) {
  const { UMBEL, NODE_MODULES, SCRATCH, TOKEN_OF_MCP } = process.env;
  const header = TOKEN_OF_MCP ? ['--header', `Authorization: Bearer ${TOKEN_OF_MCP}`] : [];
  const lines = {
    stdio: [UMBEL, 'stdio', '--data', `${SCRATCH}/stdio`],
    bridge: [UMBEL, 'stdio', '--url', url],
    'mcp-remote': [`${NODE_MODULES}/.bin/mcp-remote`, url, ...header],
  };
  const [program, ...args] = lines[transport];
  const token = transport === 'bridge' && TOKEN_OF_MCP ? { MCP_TOKEN: TOKEN_OF_MCP } : {};
  return { command: program, args, env: { ...process.env, ...token }, stderr: 'inherit' };
}
