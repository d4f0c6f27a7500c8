// Starts the topology, makes the checks, ends everything, and says how it went: status 0 if nothing failed.
// Called by docker/rehearse, which has brought the programs. Their places come in the environment.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { checks } from './checks.mjs';
import { Topology } from './topology.mjs';

const { REHEARSAL_ROOT: root, REHEARSAL_WORK: work, REHEARSAL_NGINX: nginx } = process.env;
const { REHEARSAL_REDIS: redis, REHEARSAL_PROMTOOL: promtool, UMBEL_JAVA_HOME: jdk } = process.env;

/** What this build can be set up with, by the table that a test keeps true. */
function abilities() {
  const page = readFileSync(join(root, 'docs/configuration.md'), 'utf8');
  const has = key => page.includes(`\`${key}\``);
  return {
    redis: has('umbel.redis.url'),
    database: has('umbel.database.url'),
    identity: has('mcp.require.auth'),
  };
}

function promtoolChecks(metrics) {
  const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], { input: metrics });
  if (status === 1) {
    throw new Error(`promtool: ${stdout}${stderr}`);
  }
}

async function run(topology) {
  let failed = 0;
  let skipped = 0;
  for (const [name, check] of checks(topology)) {
    const began = performance.now();
    if (!check) {
      skipped++;
      console.log(`-    ${name}: not in this build`);
      continue;
    }
    try {
      const detail = await check();
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`ok   ${name} (${detail ? `${detail}; ` : ''}${seconds} s)`);
    } catch (failure) {
      failed++;
      console.log(`FAIL ${name}: ${failure.message}`);
    }
  }
  return { failed, skipped };
}

let topology;
let ending;
const end = () => (ending ??= topology?.processes.stopAll());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => end()?.finally(() => process.exit(130)) ?? process.exit(130));
}

process.on('uncaughtException', async bug => {
  console.log(`FAIL this is a bug of the rehearsal: ${bug.stack}`);
  await end();
  process.exit(1);
});

const began = performance.now();
let status = 1;
try {
  const java = jdk ? join(jdk, 'bin/java') : 'java';
  const classes = `${root}/launcher/target/lib/*`;
  const conformance = `${root}/conformance/target/umbel-conformance-0.1.0.jar`;
  topology = await Topology.plan(
    { root, work, nginx, redis, java, classes, conformance }, abilities());
  if (promtool) {
    topology.checkMetrics = promtoolChecks;
  }
  await topology.start();
  console.log(`ok   the topology is up (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  const { failed, skipped } = await run(topology);
  await end();
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const skips = skipped ? `, ${skipped} not in this build` : '';
  console.log(failed ? `${failed} failed${skips} (${seconds} s); logs are in ${work}` : `all passed${skips} (${seconds} s)`);
  status = failed ? 1 : 0;
} catch (failure) {
  console.log(`FAIL ${failure.message}; logs are in ${work}`);
}
await end();
process.exit(status);
