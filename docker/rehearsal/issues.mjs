// Issues are kept, judged and found by nodes that are no gateways: the same, whichever gateway is asked, and also when one
// of these nodes is gone.
import assert from 'node:assert/strict';
import { modern, rest } from './client.mjs';
import { until } from './processes.mjs';

const TRACKER = { name: 'Team', tracker_type: 'local', is_active: true, projects: [{ identifier: 'WEB' }] };
const TOOLS = ['create_issue', 'estimate_compliance', 'search'];
const ISSUE = { project: 'WEB', title: 'Add CSV export to the issues list', description: 'Users need it for reports.' };

/** How long search may not know of a change that it was told of. */
const FOUND_MILLIS = 5000;
/** What was to be told by a node that was killed is found within a minute. */
const FOUND_AFTER_ALL_MILLIS = 70_000;

/** Checks of which some are made before a node with tools is killed, some after. */
export function issueChecks(topology) {
  const auth = () => ({ token: topology.token });
  const [a, b, front] = [topology.gateways.a, topology.gateways.b, topology.front];
  let judged;

  async function call(url, name, args) {
    const got = await modern(`${url}/mcp`, 'tools/call', { name, arguments: args }, auth());
    assert.equal(got.result?.isError ?? false, false, got.text);
    assert.ok(got.result, got.text);
    return got.result.structuredContent;
  }

  async function estimated(url) {
    const { results } = await call(url, 'estimate_compliance', { issues: ['WEB-1'] });
    return results[0];
  }

  async function areJudged() {
    const made = await rest(`${front}/api/v1/trackers`, { ...auth(), body: TRACKER });
    assert.equal(made.status, 201, made.text);
    await until('both gateways offer issues', 10_000, async () => {
      const listed = await Promise.all([a, b].map(url => modern(`${url}/mcp`, 'tools/list', {}, auth())));
      return listed.every(({ text }) => TOOLS.every(name => text.includes(`"${name}"`)));
    });
    const { key } = await call(a, 'create_issue', ISSUE);
    assert.equal(key, 'WEB-1');
    judged = await estimated(b);
    assert.equal(judged.method, 'rules');
    const mirrored = await rest(`${front}/api/v1/issues/WEB-1/compliance`, auth());
    assert.deepEqual(mirrored.body, judged);
    const known = await call(a, 'get_issue', { issue: 'WEB-1', include: ['compliance'] });
    assert.deepEqual(known.compliance_results, [judged]);
    return `DoR ${judged.compliance_factor}`;
  }

  /** The keys of the issues that have all these words; throws where the search is not as it should be. */
  async function found(url, query) {
    const answer = await call(url, 'search', { query, target_type: 'issue', search_type: 'fulltext' });
    assert.equal(answer.search_type_used, 'fulltext');
    return answer.results.map(result => result.item.key);
  }

  async function areFound() {
    const began = performance.now();
    const { key } = await call(a, 'create_issue', {
      project: 'WEB', title: 'Ferries whistle too loudly at night', description: 'Who lives at the harbour wakes up.',
    });
    await until('it is found through the other gateway', FOUND_MILLIS, async () =>
      (await found(b, 'whistling ferry')).includes(key));
    const millis = (performance.now() - began).toFixed(0);
    assert.deepEqual(await found(a, 'whistling ferry'), [key]);
    assert.deepEqual(await found(a, 'whistling tram'), []);
    return `within ${millis} ms`;
  }

  async function areStillJudged() {
    for (const url of [a, b]) {
      assert.deepEqual(await estimated(url), judged);
    }
    const { status, key } = await call(front, 'create_issue', { ...ISSUE, title: 'Sort the list by date' });
    assert.equal(status, 'created');
    return key;
  }

  async function areStillFound() {
    const key = await areStillJudged();
    for (const url of [a, b]) {
      await until('what is new is found', FOUND_AFTER_ALL_MILLIS, async () =>
        (await found(url, 'sorted list dates')).includes(key));
      assert.equal((await found(url, 'whistling ferry')).length, 1);
    }
  }

  return {
    before: [
      ['an issue made at one gateway is judged at the other', areJudged],
      ['an issue made at one gateway is found through the other', areFound],
    ],
    after: [['the node that is left keeps, judges and finds issues', areStillFound]],
  };
}
