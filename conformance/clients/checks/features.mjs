// What the protocol has beyond plain calls, by a client in a cluster of two gateways and a provider
// in a process of its own. Requests go to the gateways in turn, each to the other than the last.
// Usage: features.mjs v2-auto|v2-legacy|v2-pinned|v1|v1-sse|mcp-remote
import assert from 'node:assert/strict';
import { check, CLIENT } from './calls.mjs';
import { connect } from './features-clients.mjs';

const PATIENCE = 5_000;
const [kind] = process.argv.slice(2);
const capabilities = { elicitation: {}, sampling: {}, roots: {} };

/** Waits for that many to have been heard, then gives what was. */
async function heard(list, count, what) {
  for (let end = Date.now() + PATIENCE; list.length < count; ) {
    assert.ok(Date.now() < end, `${what}: ${list.length} of ${count} heard`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return list;
}

async function progress({ call }) {
  const steps = [];
  await call('test_tool_with_progress', {}, { onprogress: step => steps.push(step.progress) });
  assert.deepEqual(steps, [0, 50, 100]);
}

async function logging({ client, call, modern, messages }) {
  if (modern) {
    const _meta = { 'io.modelcontextprotocol/logLevel': 'info' };
    await client.callTool({ name: 'test_tool_with_logging', arguments: {}, _meta });
  } else {
    await client.setLoggingLevel('info');
    await call('test_tool_with_logging');
  }
  const lines = (await heard(messages, 3, 'log lines')).map(message => message.data);
  assert.deepEqual(
    lines, ['Tool execution started', 'Tool processing data', 'Tool execution completed']);
}

async function questions({ call }) {
  const form = await call('test_elicitation', { message: 'Who?' });
  assert.equal(form.content[0].text, 'User response: action=accept, content={"response":"Who? me"}');
  const sample = await call('test_sampling', { prompt: 'Say it' });
  assert.equal(sample.content[0].text, 'LLM response: it was: Say it');
  const rounds = await call('test_input_required_result_multi_round');
  assert.match(rounds.content[0].text, / likes /);
}

async function prompts({ client }) {
  const { prompts } = await client.listPrompts();
  assert.ok(prompts.some(prompt => prompt.name === 'test_simple_prompt'));
  const got = await client.getPrompt({
    name: 'test_prompt_with_arguments',
    arguments: { arg1: 'hello', arg2: 'world' },
  });
  assert.equal(got.messages[0].content.text, "Prompt with arguments: arg1='hello', arg2='world'");
  const { completion } = await client.complete({
    ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' },
    argument: { name: 'arg1', value: 'par' },
  });
  assert.deepEqual(completion.values, ['paris', 'park', 'party']);
}

async function resources({ client }) {
  const { resources } = await client.listResources();
  assert.ok(resources.some(resource => resource.uri === 'test://static-binary'));
  const { resourceTemplates } = await client.listResourceTemplates();
  assert.ok(resourceTemplates.some(one => one.uriTemplate === 'test://template/{id}/data'));
  const text = await client.readResource({ uri: 'test://static-text' });
  assert.equal(text.contents[0].text, 'This is the content of the static text resource.');
  const image = await client.readResource({ uri: 'test://static-binary' });
  assert.equal(image.contents[0].mimeType, 'image/png');
  const made = await client.readResource({ uri: 'test://template/7/data' });
  assert.equal(JSON.parse(made.contents[0].text).data, 'Data for ID: 7');
  await assert.rejects(
    client.readResource({ uri: 'test://no-such-thing' }),
    error => error.code === -32602 || error.code === -32002);
}

async function contents({ call }) {
  const types = async name => (await call(name)).content.map(block => block.type);
  assert.deepEqual(await types('test_image_content'), ['image']);
  assert.deepEqual(await types('test_audio_content'), ['audio']);
  assert.deepEqual(await types('test_multiple_content_types'), ['text', 'image', 'resource']);
}

async function changes({ client, call, modern, updates, lists }) {
  const uri = 'check://touched';
  const listening = modern
    ? await client.listen({ toolsListChanged: true, resourceSubscriptions: [uri] })
    : await client.subscribeResource({ uri });
  await call('check_touch');
  assert.equal((await heard(updates, 1, 'resources/updated'))[0].uri, uri);
  const before = (await client.listTools()).tools.length;
  await call('test_trigger_tool_change');
  await heard(lists, 1, 'tools/list_changed');
  assert.ok((await client.listTools()).tools.length > before, 'no tool more after the change');
  if (modern) {
    await listening.close();
  } else {
    await client.unsubscribeResource({ uri });
  }
}

/** Also what a structured result is: a count, by a schema that both SDKs check. */
async function cancellation({ client, call }) {
  const givenUp = async () => (await call('check_given_up')).structuredContent.count;
  await client.listTools();
  const before = await givenUp();
  const abort = new AbortController();
  const waiting = call('check_wait', {}, {
    signal: abort.signal,
    onprogress: () => abort.abort('enough'),
  });
  await assert.rejects(waiting, /enough|abort/i);
  for (let end = Date.now() + PATIENCE; (await givenUp()) === before; ) {
    assert.ok(Date.now() < end, 'the tool did not hear that its call was given up');
  }
}

const ALL = { progress, logging, questions, prompts, resources, contents, changes, cancellation };
const wanted = kind === 'mcp-remote' ? { progress } : ALL;

await check(async () => {
  const peer = await connect(kind, CLIENT, capabilities);
  const complaints = [];
  peer.client.onerror = complaint => complaints.push(complaint.message);
  const failures = [];
  for (const [name, feature] of Object.entries(wanted)) {
    try {
      await feature(peer);
    } catch (failure) {
      console.error(failure.stack);
      failures.push(`${name}: ${failure.message}`);
    }
  }
  await peer.client.close();
  assert.deepEqual([...failures, ...complaints], []);
});
