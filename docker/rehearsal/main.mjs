// Starts the topology, makes the checks, ends everything, and says how it went: status 0 if nothing failed.
// Called by docker/rehearse, which has brought the programs. Their places come in the environment.
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { checks } from './checks.mjs';
import { Topology } from './topology.mjs';

const { REHEARSAL_ROOT: root, REHEARSAL_WORK: work, REHEARSAL_NGINX: nginx } = process.env;
const { REHEARSAL_REDIS: redis, REHEARSAL_PROMTOOL: promtool, UMBEL_JAVA_HOME: jdk } = process.env;

function promtoolChecks(metrics) {
  const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], { input: metrics });
  if (status === 1) {
    throw new Error(`promtool: ${stdout}${stderr}`);
  }
}

async function run(topology) {
  let failed = 0;
  for (const [name, check] of checks(topology)) {
    const began = performance.now();
    try {
      const detail = await check();
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`ok   ${name} (${detail ? `${detail}; ` : ''}${seconds} s)`);
    } catch (failure) {
      failed++;
      console.log(`FAIL ${name}: ${failure.message}`);
    }
  }
  return failed;
}

let topology;
let ending;
const end = () => (ending ??= topology?.end().catch(failure => [failure.message]));
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
    { root, work, nginx, redis, java, classes, conformance });
  if (promtool) {
    topology.checkMetrics = promtoolChecks;
  }
  await topology.start();
  console.log(`ok   the topology is up (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  let failed = await run(topology);
  const left = await end();
  if (left.length) {
    failed++;
    console.log(`FAIL everything ends when it is told to: ${left.join(', ')} had to be killed`);
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(failed ? `${failed} failed (${seconds} s); logs are in ${work}` : `all passed (${seconds} s)`);
  status = failed ? 1 : 0;
} catch (failure) {
  console.log(`FAIL ${failure.message}; logs are in ${work}`);
}
await end();
process.exit(status);
