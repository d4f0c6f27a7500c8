// Every kind of upstream server, through one gateway, by the TypeScript SDKs in both eras.
// Usage: upstreams.mjs v1|v1-sse|v2-legacy|v2-auto|v2-pinned
import assert from 'node:assert/strict';
import { check, CLIENT } from './calls.mjs';
import { connect } from './features-clients.mjs';

const PATIENCE = 10_000;
const [kind] = process.argv.slice(2);
const capabilities = { elicitation: {}, sampling: {}, roots: {} };
const EVERYTHING = ['everything', 'everything-http', 'everything-sse'];

const text = result => result.content.map(block => block.text).join('\n');

/** Version 1 lists a page at a time. */
async function names(client) {
  const all = [];
  for (let page, cursor; ; cursor = page.nextCursor) {
    page = await client.listTools(cursor ? { cursor } : undefined);
    all.push(...page.tools.map(tool => tool.name));
    if (!page.nextCursor) {
      return all;
    }
  }
}

/** A server may tell of some of its tools only after it has been asked. */
async function listed(client, wanted) {
  for (let end = Date.now() + PATIENCE, has = []; ; ) {
    has = await names(client);
    const missing = wanted.filter(name => !has.includes(name));
    if (missing.length === 0) {
      return;
    }
    assert.ok(Date.now() < end, `tools/list has no ${missing} but ${has}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function everything({ client, call }, prefix) {
  await listed(client, [
    'echo', 'get-sum', 'trigger-elicitation-request', 'trigger-sampling-request',
  ].map(name => prefix + name));
  assert.equal(text(await call(`${prefix}echo`, { message: 'hü ☂' })), 'Echo: hü ☂');
  const weather = await call(`${prefix}get-structured-content`, { location: 'Chicago' });
  assert.equal(weather.structuredContent.conditions, 'Light rain / drizzle');
  const steps = [];
  await call(
    `${prefix}trigger-long-running-operation`, { duration: 0.2, steps: 2 },
    { onprogress: step => steps.push(step.progress) });
  assert.deepEqual(steps, [1, 2]);
}

async function questions({ call }, prefix) {
  const form = text(await call(`${prefix}trigger-elicitation-request`));
  assert.match(form, /- Name: Please provide inputs for the following fields: me/);
  const sample = text(await call(`${prefix}trigger-sampling-request`, { prompt: 'Say it' }));
  assert.match(sample, /it was: .*Say it/);
}

async function promptsAndResources({ client }) {
  const { prompts } = await client.listPrompts();
  for (const server of EVERYTHING) {
    assert.ok(prompts.some(prompt => prompt.name === `${server}_simple-prompt`), `no prompt of ${server}`);
  }
  const got = await client.getPrompt({ name: 'everything-sse_args-prompt', arguments: { city: 'Ulm' } });
  assert.match(got.messages[0].content.text, /Ulm/);
  const { resources } = await client.listResources();
  const uri = resources.find(one => one.uri.startsWith('demo://resource/static')).uri;
  const read = await client.readResource({ uri });
  assert.ok(read.contents[0].text.length > 0, `nothing in ${uri}`);
}

async function files({ client, call }) {
  await listed(client, ['files_read_text_file']);
  const path = `${process.env.FILES}/note.txt`;
  assert.equal(text(await call('files_read_text_file', { path })), 'as it was written\n');
  const refused = await call('files_read_text_file', { path: '/etc/hostname' });
  assert.equal(refused.isError, true);
  assert.match(text(refused), /outside allowed directories/);
}

async function memory({ call }) {
  const entities = [{ name: kind, entityType: 'client', observations: ['was here'] }];
  await call('memory_create_entities', { entities });
  const found = await call('memory_search_nodes', { query: kind });
  assert.deepEqual(found.structuredContent.entities.find(one => one.name === kind), entities[0]);
}

async function modern({ client, call }) {
  await listed(client, ['modern_greet', 'modern_ask']);
  assert.equal(text(await call('modern_greet', { name: 'Ada' })), 'Hello, Ada!');
  assert.equal(text(await call('modern_ask')), 'Hello, What is your name? me!');
}

async function guarded({ client, call }) {
  assert.equal(text(await call('guarded_greet', { name: 'Ada' })), 'Hello, Ada!');
  assert.ok(!(await names(client)).includes('guarded_ask'), 'a tool that nobody chose is offered');
}

async function unknown({ call }) {
  await assert.rejects(
    call('modern_great', { name: 'Ada' }),
    error => error.code === -32602 && error.message.endsWith('Unknown tool: modern_great. Did you mean modern_greet?'));
}

/** One server alone, by its own names; not for the transport whose messages have a place of their own. */
async function alone() {
  if (kind === 'v1-sse') {
    return;
  }
  const peer = await connect(kind, CLIENT, capabilities, '/servers/everything');
  assert.ok(!(await names(peer.client)).some(name => name.includes('_')), 'a name has a prefix');
  await everything(peer, '');
  await questions(peer, '');
  await peer.client.close();
}

const ofEach = body => async peer => {
  for (const server of EVERYTHING) {
    try {
      await body(peer, `${server}_`);
    } catch (failure) {
      failure.message = `${server}: ${failure.message}`;
      throw failure;
    }
  }
};
const ALL = {
  everything: ofEach(everything), questions: ofEach(questions), promptsAndResources,
  files, memory, modern, guarded, unknown, alone,
};

await check(async () => {
  const peer = await connect(kind, CLIENT, capabilities);
  const complaints = [];
  peer.client.onerror = complaint => complaints.push(complaint.message);
  const failures = [];
  for (const [name, part] of Object.entries(ALL)) {
    try {
      await part(peer);
    } catch (failure) {
      console.error(failure.stack);
      failures.push(`${name}: ${failure.message}`);
    }
  }
  await peer.client.close();
  assert.deepEqual([...failures, ...complaints], []);
});
