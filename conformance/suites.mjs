// Runs the official suite against a URL and says what failed.
//
//   node suites.mjs [OPTIONS] URL [SCENARIO]      a scenario: only that one, at each revision it belongs to
//
//   --required            only what each revision requires
//   --expected FILE.yml   these failures are expected, and a pass of one of them is a failure. A line
//                         each: "REVISION SCENARIO: why", or of one check "REVISION SCENARIO CHECK: why"
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const NEW = suite('conformance');
const OLD = suite('conformance-0.1');
const REVISIONS = ['2026-07-28', '2025-11-25'];

// What the specification demands of every server, and no requirement set counts.
const UNCOUNTED = [
  ['json-schema-2020-12', '2026-07-28'],
  ['json-schema-2020-12', '2025-11-25'],
  ['http-header-validation', '2026-07-28'],
  ['http-custom-header-server-validation', '2026-07-28'],
  ['server-session-lifecycle', '2025-11-25'],
  ['server-sse-polling', '2025-11-25'],
];

const { values: options, positionals } = parseArgs({
  options: { required: { type: 'boolean' }, expected: { type: 'string' } },
  allowPositionals: true,
});
const [url, only] = positionals;
const expected = expectations(options.expected);
const total = { passed: 0, failed: 0, expected: 0 };
for (const run of only ? runsOf(only) : options.required ? allRuns().slice(0, REVISIONS.length) : allRuns()) {
  report(run);
}
const known = total.expected > 0 ? `, ${total.expected} failed as expected` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${known}`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

// By "REVISION SCENARIO" and "REVISION SCENARIO CHECK": why it fails.
function expectations(file) {
  const lines = file ? readFileSync(file, 'utf8').matchAll(/^([^#\s][^:]*): *(.+)$/gm) : [];
  return new Map([...lines].map(([, what, why]) => [what.trim(), why]));
}

function suite(folder) {
  const home = join(import.meta.dirname, 'node_modules', folder);
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  return { version, main: join(home, 'dist', 'index.js') };
}

function allRuns() {
  return [
    ...REVISIONS.map((revision) => ({
      title: `what ${revision} requires`,
      revision,
      suite: NEW,
      scenarios: required(revision),
      commands: [['--requirements', revision]],
    })),
    {
      title: 'all there is in the older suite',
      suite: OLD,
      scenarios: [...listed(OLD).keys()],
      commands: [['--suite', 'all']],
    },
    {
      title: 'what no requirement set counts',
      suite: NEW,
      scenarios: UNCOUNTED.map(([scenario]) => scenario),
      commands: UNCOUNTED.map(([scenario, revision]) => one(scenario, revision)),
    },
  ];
}

// One scenario, wherever it belongs.
function runsOf(scenario) {
  const here = listed(NEW).get(scenario) ?? [];
  const runs = REVISIONS.filter((revision) => here.includes(revision)).map((revision) => ({
    title: `${scenario} at ${revision}`,
    revision,
    suite: NEW,
    scenarios: [scenario],
    commands: [one(scenario, revision)],
  }));
  if (listed(OLD).has(scenario)) {
    const title = `${scenario} in the older suite`;
    runs.push({ title, suite: OLD, scenarios: [scenario], commands: [['--scenario', scenario]] });
  }
  if (runs.length === 0) {
    console.error(`There is no scenario ${scenario}; there are:\n  ${[...listed(NEW).keys()].join('\n  ')}`);
  }
  return runs;
}

function one(scenario, revision) {
  return ['--scenario', scenario, '--spec-version', revision];
}

function required(revision) {
  const text = conformance(NEW, ['list', '--requirements', revision]).stdout;
  return names(text.split('\n\n').find((part) => part.startsWith('Server scenarios')));
}

// The revisions of each server scenario, by its name.
function listed(suite) {
  const lines = conformance(suite, ['list', '--server']).stdout.matchAll(/^ {2}- (\S+) \[(.*)]$/gm);
  return new Map([...lines].map(([, name, revisions]) => [name, revisions.split(',')]));
}

function names(text) {
  return [...text.matchAll(/^ {2}- (\S+)/gm)].map(([, name]) => name);
}

function conformance(suite, args) {
  return spawnSync(process.execPath, [suite.main, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
}

function report(run) {
  const results = resultsOf(run);
  const verdicts = run.scenarios.map((scenario) =>
    judged(`${run.revision} ${scenario}`, scenario, verdict(scenario, results.get(scenario)?.shift())));
  const good = verdicts.filter((verdict) => verdict.failed + verdict.expected === 0).length;
  const sum = (what) => verdicts.reduce((n, verdict) => n + verdict[what], 0);
  console.log(`\n${run.title} (suite ${run.suite.version})`);
  console.log(`  scenarios: ${good} of ${verdicts.length} passed`);
  console.log(`  checks:    ${sum('passed')} passed, ${sum('failed')} failed`);
  verdicts.flatMap((verdict) => verdict.lines).forEach((line) => console.log(line));
  total.passed += sum('passed');
  total.failed += sum('failed');
  total.expected += sum('expected');
}

// What is expected to fail is no failure, and what is but does not is one: the list may only shrink.
function judged(where, scenario, verdict) {
  const isExpected = ({ id, name }) => expected.has(where) || expected.has(`${where} ${id ?? name}`);
  const failures = verdict.failures.filter((check) => !isExpected(check));
  const mine = [...expected.keys()].filter((key) => key === where || key.startsWith(`${where} `));
  const over = mine.filter((key) =>
    !verdict.failures.some(({ id, name }) => key === where || key === `${where} ${id ?? name}`));
  return {
    passed: verdict.passed,
    failed: failures.length + over.length,
    expected: verdict.failures.length - failures.length,
    lines: [
      ...failures.map((check) => line('FAILED ', scenario, check)),
      ...over.map((key) => `  FAILED   ${key} passes: take it off the list of expected failures`),
      ...verdict.lines,
    ],
  };
}

// By scenario: the checks of each time it ran.
function resultsOf(run) {
  const folder = mkdtempSync(join(tmpdir(), 'umbel-conformance-'));
  const results = new Map();
  for (const command of run.commands) {
    const place = join(folder, String(run.commands.indexOf(command)));
    conformance(run.suite, ['server', '--url', url, '-o', place, ...command]);
    for (const [scenario, checks] of written(place)) {
      results.set(scenario, [...(results.get(scenario) ?? []), checks]);
    }
  }
  rmSync(folder, { recursive: true });
  return results;
}

function written(place) {
  return readdirSync(place, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [
      name.replace(/^server-(.*)-\d{4}-\d\d-\d\dT.*$/, '$1'),
      JSON.parse(readFileSync(join(place, name, 'checks.json'), 'utf8')),
    ]);
}

// A scenario that found nothing to check has not passed: the suite would say it had not failed.
function verdict(scenario, checks = []) {
  const of = (status) => checks.filter((check) => check.status === status);
  const proven = of('SUCCESS').some((check) => check.id !== 'wire-schema-valid');
  const failures = of('FAILURE');
  if (!proven && failures.length === 0) {
    failures.push({ name: scenario, errorMessage: 'no check was passed' });
  }
  return {
    passed: of('SUCCESS').length,
    failures,
    lines: [
      ...of('WARNING').map((check) => line('warning', scenario, check)),
      ...of('SKIPPED').map((check) => line('skipped', scenario, check)),
    ],
  };
}

function line(word, scenario, { id, name, description, errorMessage, details }) {
  const why = errorMessage ?? details?.note ?? details?.message ?? description;
  return `  ${word}  ${scenario} / ${id ?? name} (${name}): ${why}`;
}
