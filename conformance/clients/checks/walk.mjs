// The walk-through of README.md, "An agent at work": its lines are pasted into a shell, and each answer has to
// be as the page shows it, where "…" stands for anything. It needs a gateway with the demo's issues as they were.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const { SCRATCH, UMBEL, URL_OF_MCP, TOKEN_OF_MCP, NODE_MODULES } = process.env;
/** Who starts the gateway and makes its token, here ./run. */
const BEFORE = /^(\.\/umbel up --demo &|export MCP_TOKEN=\$\(\.\/umbel token\)).*\n/gm;
/** Lines of an answer begin as one of JSON does; the words of other comments do not. */
const ANSWER = /^# (?=\{|  )/;
const TOOLS = [
  'list_issues', 'search', 'estimate_compliance', 'improve_compliance', 'update_issue', 'estimate_compliance',
  'update_issue', 'estimate_compliance',
];

/** What is pasted until something is answered, and that answer. */
function steps(block) {
  const all = [];
  let open = false;
  for (const line of block.split('\n')) {
    if (!ANSWER.test(line)) {
      if (!open) {
        all.push({ lines: [], answer: '' });
      }
      open = true;
      all.at(-1).lines.push(line);
    } else {
      open = false;
      all.at(-1).answer += line.replace(ANSWER, '');
    }
  }
  return all.filter(step => step.lines.some(line => line.trim()));
}

/** One shell for all of it; what each step says goes into a file of its own. */
function paste(all, directory) {
  const script = all.map(({ lines }, i) => `{\n${lines.join('\n')}\n} >${i}.out\n`).join('');
  const path = process.env.PATH.replaceAll(`${NODE_MODULES}/.bin:`, '');
  const env = { ...process.env, PATH: path, MCP_TOKEN: TOKEN_OF_MCP };
  const shell = spawnSync('bash', ['-euo', 'pipefail', '-c', script], { cwd: directory, env, encoding: 'utf8' });
  assert.equal(shell.status, 0, shell.stderr.trim().split('\n').at(-1));
  return all.map((step, i) => {
    const said = readFileSync(join(directory, `${i}.out`), 'utf8').trim().split('\n').at(-1);
    return JSON.parse(said).result.structuredContent;
  });
}

/** Spaces and line breaks are the page's. */
const packed = text => text.replace(/\s+/g, '');

function compare(shown, answer) {
  const got = packed(JSON.stringify(answer));
  const parts = packed(shown).split('…');
  let from = 0;
  for (const part of parts) {
    const at = got.indexOf(part, from);
    assert.ok(at >= 0 && (from > 0 || at === 0), `no ${part} in ${got}`);
    from = at + part.length;
  }
  assert.ok(shown.endsWith('…') || from === got.length, `more than ${shown}: ${got.slice(from)}`);
}

try {
  const page = readFileSync(join(dirname(UMBEL), 'README.md'), 'utf8');
  const [, block] = page.match(/^## An agent at work\n[^]*?```bash\n([^]*?)```/m) ?? [];
  assert.ok(block, 'README.md has no walk-through');
  assert.equal(block.match(BEFORE)?.length, 2, 'it does not begin with the gateway and its token');
  const all = steps(block.replace(BEFORE, '').replaceAll('http://127.0.0.1:8080/mcp', URL_OF_MCP));
  const called = all.map(({ lines }) => lines.map(line => line.match(/^tool (\w+)/)?.[1]).filter(name => name));
  assert.deepEqual(called, TOOLS.map(name => [name]));

  const answers = paste(all, mkdtempSync(join(SCRATCH, 'walk-')));
  all.forEach(({ answer }, i) => compare(answer, answers[i]));
  const factors = answers.flatMap(answer => answer.results?.[0].compliance_factor ?? []);
  assert.equal(factors.length, 3);
  assert.equal(factors[1], factors[0], 'sections that are to be filled in changed the factor');
  assert.ok(factors[2] > factors[1], `what was filled in did not raise the factor: ${factors}`);
} catch (failure) {
  console.log(failure.message.split('\n')[0]);
  process.exit(1);
}
