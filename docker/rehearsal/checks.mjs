// What has to be true of two gateways behind a load balancer that keeps nobody at one of them.
import assert from 'node:assert/strict';
import { accountChecks, recorded, recordIsIntact } from './accounts.mjs';
import { begin, inSession, modern, send, text } from './client.mjs';
import { issueChecks } from './issues.mjs';
import { Load } from './load.mjs';
import { until } from './processes.mjs';
import { RATE } from './topology.mjs';

const MANY = 20;
const SUM = { name: 'add', arguments: { a: 2, b: 40 } };
const ANSWER = '{"result":42}';
const ASKING = { name: 'test_elicitation', arguments: { message: 'Who?' } };
const ACCEPTED = { action: 'accept', content: { response: 'me' } };
const GREETED = 'User response: action=accept, content={"response":"me"}';
/** A step of test_tool_with_progress, of which there are three; what is buffered comes all at once. */
const STEP_MILLIS = 50;

/** The checks of one topology, in the order they are made in: a name and a function each. */
export function checks(topology) {
  const front = `${topology.front}/mcp`;
  const a = `${topology.gateways.a}/mcp`;
  const b = `${topology.gateways.b}/mcp`;
  const auth = () => ({ token: topology.token });

  /** Runs something and asserts that each gateway answered at least one request of it. */
  async function byBoth(run) {
    const before = [await topology.served('a'), await topology.served('b')];
    await run();
    const after = [await topology.served('a'), await topology.served('b')];
    const counts = after.map((count, i) => count - before[i]);
    assert.ok(counts.every(count => count > 0), `requests answered by a, b: ${counts}`);
    return `${counts.join(' + ')} requests`;
  }

  async function bothReady() {
    for (const url of Object.values(topology.gateways)) {
      assert.equal(await topology.status(`${url}/health/ready`), 200);
    }
  }

  async function newestRevision() {
    return byBoth(async () => {
      for (let i = 0; i < MANY; i++) {
        const listed = await modern(front, 'tools/list', {}, auth());
        assert.ok(listed.result?.tools.some(tool => tool.name === 'add'), text(listed));
        assert.equal(text(await modern(front, 'tools/call', SUM, auth())), ANSWER);
      }
    });
  }

  async function sessionOverBoth() {
    const session = await begin(front, auth());
    return byBoth(async () => {
      for (let i = 0; i < MANY; i++) {
        const listed = await inSession(front, session, { method: 'tools/list' }, auth());
        assert.ok(listed.result?.tools.some(tool => tool.name === 'add'), text(listed));
        const called = await inSession(front, session, { method: 'tools/call', params: SUM }, auth());
        assert.equal(text(called), ANSWER);
      }
    });
  }

  async function sessionGoesOn() {
    const session = await begin(a, auth());
    const called = await inSession(b, session, { method: 'tools/call', params: SUM }, auth());
    assert.equal(text(called), ANSWER);
    const ended = await send(b, undefined, {
      ...auth(), method: 'DELETE', headers: { 'mcp-session-id': session },
    });
    assert.ok(ended.status < 300, `DELETE: ${ended.status}`);
    await until('the session has ended at the first gateway too', 2000, async () => {
      const gone = await inSession(a, session, { method: 'tools/list' }, auth());
      return gone.status === 404;
    });
  }

  async function progressUnbuffered() {
    const params = {
      name: 'test_tool_with_progress', arguments: {}, _meta: { progressToken: 'p' },
    };
    const got = await modern(front, 'tools/call', params, auth());
    const steps = got.messages.filter(({ message }) => message.method === 'notifications/progress');
    assert.deepEqual(steps.map(({ message }) => message.params.progress), [0, 50, 100]);
    const ahead = got.messages.at(-1).at - steps[0].at;
    assert.ok(ahead > STEP_MILLIS / 2, `the first step came only ${ahead.toFixed(0)} ms before the answer`);
    return `first step ${ahead.toFixed(0)} ms before the answer`;
  }

  async function askedModern() {
    const asked = await modern(a, 'tools/call', ASKING, auth());
    assert.equal(asked.result?.resultType, 'input_required', text(asked));
    const [question] = Object.keys(asked.result.inputRequests);
    const answered = await modern(b, 'tools/call', {
      ...ASKING,
      requestState: asked.result.requestState,
      inputResponses: { [question]: ACCEPTED },
    }, auth());
    assert.equal(text(answered), GREETED);
  }

  async function askedInSession() {
    const session = await begin(a, auth());
    let answering;
    const answer = message => {
      if (message.method === 'elicitation/create') {
        answering = inSession(b, session, { id: message.id, result: ACCEPTED }, auth());
      }
    };
    const called = await inSession(
      a, session, { method: 'tools/call', params: ASKING }, { ...auth(), onMessage: answer });
    assert.equal(text(called), GREETED);
    assert.equal((await answering).status, 202);
  }

  async function listensThroughFront() {
    const session = await begin(front, auth());
    const heard = [];
    const abort = new AbortController();
    const stream = fetch(front, {
      signal: abort.signal,
      headers: {
        accept: 'text/event-stream',
        'mcp-session-id': session,
        ...(topology.token && { authorization: `Bearer ${topology.token}` }),
      },
    }).then(async response => {
      heard.push(response.status);
      for await (const chunk of response.body) {
        heard.push(Buffer.from(chunk).toString());
      }
    }).catch(() => {});
    await until('the stream is open', 5000, () => heard[0] === 200);
    await modern(front, 'tools/call', { name: 'test_trigger_tool_change', arguments: {} }, auth());
    await until('the change is heard', 5000, () => heard.join('').includes('notifications/tools/list_changed'));
    abort.abort();
    await stream;
  }

  async function gatewayDies() {
    const load = new Load(front, topology.token);
    await load.reached(100);
    await topology.processes.kill(topology.running['gateway-b']);
    await load.reached(400);
    const { reads, calls, repeated } = await load.stop();
    await topology.startGateway('b');
    await topology.everythingIsOffered();
    return `${reads} reads, none lost; ${calls} calls, ${repeated} of them sent again by the client`;
  }

  async function gatewayBack() {
    // nginx leaves out who did not answer, for two seconds.
    await until('both serve again', 10_000, async () => {
      const before = await topology.served('b');
      await modern(front, 'tools/list', {}, auth());
      await modern(front, 'tools/list', {}, auth());
      return (await topology.served('b')) > before;
    });
  }

  async function toolsDie() {
    const load = new Load(front, topology.token);
    await load.reached(100);
    await topology.processes.kill(topology.running['tools-b']);
    await load.reached(400);
    const { reads, calls, repeated } = await load.stop();
    assert.equal(repeated, 0, `${repeated} calls failed and were sent again by the client`);
    return `${reads} reads, ${calls} calls, none lost`;
  }

  async function gatewayStops() {
    const before = await recorded(topology.gateways.a, topology);
    const load = new Load(front, topology.token);
    await load.reached(100);
    const ended = await topology.processes.stop(topology.running['gateway-b']);
    await load.reached(400);
    const { reads, calls, repeated } = await load.stop();
    await topology.startGateway('b');
    await topology.everythingIsOffered();
    assert.equal(ended, 'status 143');
    // Until it stops to listen nginx opens connections to it; one that was not yet accepted then is refused
    // after its request has gone, and nginx does not send a call twice.
    assert.ok(repeated <= 2, `${repeated} calls failed and were sent again by the client`);
    await until('each call is on record', 5000, async () =>
      (await recorded(topology.gateways.a, topology)) >= before + calls);
    return `${reads} reads, none lost; ${calls} calls, ${repeated} of them sent again by the client; each on record`;
  }

  async function oneLimit() {
    const product = { name: 'multiply', arguments: { a: 6, b: 7 } };
    const answers = await Promise.all(Array.from({ length: 2 * RATE }, (_, i) =>
      modern(i % 2 ? a : b, 'tools/call', product, auth())));
    const passed = answers.filter(each => each.status === 200).length;
    const limited = answers.filter(each => each.status === 429 && Number(each.headers['retry-after']) > 0);
    assert.deepEqual([passed, limited.length], [RATE, RATE]);
    return `${passed} of ${answers.length} passed`;
  }

  async function noToken() {
    const got = await modern(front, 'tools/list');
    assert.equal(got.status, 401);
    const link = `${topology.front}/.well-known/oauth-protected-resource/mcp`;
    assert.ok(got.headers['www-authenticate']?.includes(`resource_metadata="${link}"`), got.headers['www-authenticate']);
    const metadata = await send(link, undefined, { method: 'GET' });
    assert.equal(metadata.status, 200);
    assert.equal(JSON.parse(metadata.text).resource, front);
  }

  async function metricsOfEach() {
    for (const url of Object.values(topology.gateways)) {
      const { status, text: metrics, headers } = await send(`${url}/metrics`, undefined, { method: 'GET' });
      assert.equal(status, 200);
      assert.match(headers['content-type'], /^text\/plain; version=0\.0\.4/);
      assert.match(metrics, /^mcp_tool_calls_total\{.*tool="add".*\} \d/m);
      topology.checkMetrics?.(metrics);
    }
    assert.equal(await topology.status(`${topology.front}/metrics`), 404, 'metrics are shown to the world');
  }

  async function nobodyAnswers() {
    await Promise.all(['a', 'b'].map(which => topology.processes.stop(topology.running[`gateway-${which}`])));
    const got = await modern(front, 'tools/list', {}, auth());
    assert.equal(got.status, 502);
    assert.match(got.error.message, /^No gateway answered/);
  }

  const issues = issueChecks(topology);
  return [
    ['both gateways are ready', bothReady],
    ['2026-07-28: list and call through nginx, answered by both', newestRevision],
    ['2025-11-25: one session through nginx, answered by both', sessionOverBoth],
    ['a session begun at one gateway goes on, and ends, at the other', sessionGoesOn],
    ['progress arrives as it is made', progressUnbuffered],
    ['2026-07-28: asked by one gateway, answered at the other', askedModern],
    ['2025-11-25: asked by one gateway, answered at the other', askedInSession],
    ['a stream through nginx tells of a change', listensThroughFront],
    ['without a token: 401, and metadata under the public URL', noToken],
    ['both gateways count against one limit', oneLimit],
    ...accountChecks(topology, byBoth),
    ...issues.before,
    ['metrics of each gateway, but not through nginx', metricsOfEach],
    ['a gateway is killed under load', gatewayDies],
    ['it comes back and is asked again', gatewayBack],
    ['a node with tools is killed under load', toolsDie],
    ...issues.after,
    ['a gateway is stopped under load', gatewayStops],
    ['the record of all that is intact', () => recordIsIntact(topology)],
    ['with no gateway left clients are told so', nobodyAnswers],
  ];
}
