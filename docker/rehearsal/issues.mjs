// Issues are kept and judged by nodes that are no gateways: the same, whichever gateway is asked, and also when one of these
// nodes is gone.
import assert from 'node:assert/strict';
import { modern, rest } from './client.mjs';
import { until } from './processes.mjs';

const TRACKER = { name: 'Team', tracker_type: 'local', is_active: true, projects: [{ identifier: 'WEB' }] };
const ISSUE = { project: 'WEB', title: 'Add CSV export to the issues list', description: 'Users need it for reports.' };

/** Two checks: one before a node with tools is killed, one after. */
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
      return listed.every(one => /"estimate_compliance"/.test(one.text) && /"create_issue"/.test(one.text));
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

  async function areStillJudged() {
    for (const url of [a, b]) {
      assert.deepEqual(await estimated(url), judged);
    }
    const { status } = await call(front, 'create_issue', { ...ISSUE, title: 'Sort the list by date' });
    assert.equal(status, 'created');
  }

  return {
    before: [['an issue made at one gateway is judged at the other', areJudged]],
    after: [['the node that is left keeps and judges issues', areStillJudged]],
  };
}
