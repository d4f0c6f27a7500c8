// Runs the client half of the official suite: each scenario plays a server, which a command visits. Says what failed. No
// failure is ever expected.
//
//   node upstream.mjs COMMAND [SCENARIO]
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const SUITE = join(import.meta.dirname, 'node_modules', 'conformance', 'dist', 'index.js');
const REVISIONS = ['2026-07-28', '2025-11-25'];
const AT_ONCE = 2;

// What no requirement set counts, and a client that holds no user's browser can do all the same.
const UNCOUNTED = [
  ...REVISIONS.map((revision) => ['json-schema-2020-12-preservation', revision]),
  ['auth/client-credentials-jwt'],
  ['auth/client-credentials-basic'],
];

const [command, only] = process.argv.slice(2);
const waiting = [...(await required()), ...UNCOUNTED].filter(([scenario]) => !only || scenario === only);
const total = { scenarios: waiting.length, passed: 0, failed: 0 };
await Promise.all(Array.from({ length: AT_ONCE }, work));
console.log(`\n${total.scenarios} scenarios: ${total.passed} checks passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

// Scenarios and revisions; those that want a user's consent are not for a gateway.
async function required() {
  const all = [];
  for (const revision of REVISIONS) {
    const { output } = await conformance(['list', '--requirements', revision]);
    const part = output.split('\n\n').find((text) => text.startsWith('Client scenarios'));
    const names = [...part.matchAll(/^ {2}- (\S+)/gm)].map(([, name]) => name);
    all.push(...names.filter((name) => !name.startsWith('auth/')).map((name) => [name, revision]));
  }
  return all;
}

async function work() {
  while (waiting.length > 0) {
    const [scenario, revision] = waiting.shift();
    await run(scenario, revision);
  }
}

async function run(scenario, revision) {
  const folder = mkdtempSync(join(tmpdir(), 'umbel-conformance-'));
  const at = revision ? ['--spec-version', revision] : [];
  const { status, output } = await conformance(
    ['client', '--command', command, '--scenario', scenario, '-o', folder, ...at]);
  const checks = checksIn(folder);
  rmSync(folder, { recursive: true });
  const passed = checks.filter((check) => check.status === 'SUCCESS' && check.id !== 'wire-schema-valid');
  const failed = checks.filter((check) => check.status === 'FAILURE' || check.status === 'WARNING');
  if (failed.length === 0 && (passed.length === 0 || status !== 0)) {
    failed.push({ id: scenario, errorMessage: `no check was passed, or the suite failed:\n${output}` });
  }
  total.passed += passed.length;
  total.failed += failed.length;
  console.log(`${failed.length ? 'FAILED' : 'passed'}  ${scenario} ${revision ?? ''} (${passed.length} checks)`);
  failed.forEach((check) => console.log(`    ${check.id}: ${check.errorMessage ?? check.description}`));
}

function checksIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => basename(file) === 'checks.json')
    .flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

function conformance(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [SUITE, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('close', (status) => resolve({ status, output }));
  });
}
