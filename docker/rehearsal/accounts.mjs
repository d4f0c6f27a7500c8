// What has to be true of what gateways keep in the database they share: projects, keys, and the record of it all.
import assert from 'node:assert/strict';
import { modern, rest, text } from './client.mjs';
import { until } from './processes.mjs';

/** How long anything that was changed may be unknown to another gateway. */
const KNOWN_MILLIS = 2000;
const MANY = 10;

/** The checks of what accounts have: a name and a function each. */
export function accountChecks(topology, byBoth) {
  const { front, gateways } = topology;
  const auth = () => ({ token: topology.token });

  async function projectSeen() {
    const made = await rest(`${gateways.a}/api/v1/projects`, { ...auth(), body: { key: 'apollo', name: 'Apollo' } });
    assert.equal(made.status, 201, made.text);
    const path = `/api/v1/projects/${made.body.id}`;
    assert.equal((await rest(gateways.b + path, auth())).body.name, 'Apollo');
    const uri = `project://${made.body.id}/config`;
    const shows = async name => (await modern(`${gateways.b}/mcp`, 'resources/read', { uri }, auth())).text.includes(name);
    await until('the project is shown to clients of the other gateway', KNOWN_MILLIS, () => shows('Apollo'));
    const changed = await rest(front + path, {
      ...auth(), method: 'PATCH', headers: { 'if-match': made.headers.etag }, body: { name: 'Artemis' },
    });
    assert.equal(changed.status, 200, changed.text);
    await until('its new name too', KNOWN_MILLIS, () => shows('Artemis'));
  }

  /** What it is answered with: 200 with an answer to its call, or 401. */
  async function called(url, token) {
    const got = await modern(`${url}/mcp`, 'tools/call', { name: 'add', arguments: { a: 2, b: 40 } }, { token });
    assert.ok(got.status === 401 || text(got) === '{"result":42}', text(got));
    return got.status;
  }

  async function keyWorksAndStops() {
    const made = await rest(`${front}/api/v1/api-keys`, { ...auth(), body: { name: 'rehearsal', scopes: ['tools'] } });
    assert.equal(made.status, 201, made.text);
    const { id, secret } = made.body;
    const requests = await byBoth(async () => {
      for (let i = 0; i < MANY; i++) {
        assert.equal(await called(front, secret), 200);
      }
    });
    const removed = await rest(`${gateways.a}/api/v1/api-keys/${id}`, {
      ...auth(), method: 'DELETE', headers: { 'if-match': '*' },
    });
    assert.equal(removed.status, 204, removed.text);
    const began = performance.now();
    for (const url of Object.values(gateways)) {
      await until('the key has stopped', KNOWN_MILLIS - (performance.now() - began), async () =>
        (await called(url, secret)) === 401);
    }
    const millis = (performance.now() - began).toFixed(0);
    for (let i = 0; i < MANY; i++) {
      assert.equal(await called(front, secret), 401);
    }
    return `${requests}; refused by both within ${millis} ms`;
  }

  return [
    ['a project made at one gateway is there at the other', projectSeen],
    ['an API key works through nginx, and stops when it is removed', keyWorksAndStops],
  ];
}

/** How many rows the record of the account has; throws where it is not as it was written. */
export async function recorded(url, topology) {
  const { status, body, text: said } = await rest(`${url}/api/v1/audit/verify`, { token: topology.token });
  assert.equal(status, 200, said);
  assert.equal(body.intact, true, said);
  return body.rows;
}

/** The record at the end, as each gateway sees it, and that it tells of what was done. */
export async function recordIsIntact(topology) {
  const urls = [...Object.values(topology.gateways), topology.front];
  const rows = [];
  for (const url of urls) {
    rows.push(await recorded(url, topology));
  }
  assert.equal(new Set(rows).size, 1, `rows by ${urls}: ${rows}`);
  const on = async query => (await rest(`${topology.front}/api/v1/audit?${query}`, { token: topology.token })).body.items;
  const [call] = await on('tool=echo&limit=1');
  assert.equal(call.status, 'succeeded');
  assert.equal(call.user_id, 'ada');
  assert.equal(call.client_ip, '127.0.0.1');
  return `${rows[0]} rows`;
}
