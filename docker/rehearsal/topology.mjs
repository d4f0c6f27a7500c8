// What compose.yml describes, as processes on loopback: nginx, two gateways, the registry, two nodes with
// tools, PostgreSQL, Redis. Only addresses differ.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { freePorts, Processes, until } from './processes.mjs';
import { modern, send } from './client.mjs';

const HOST = '127.0.0.1';
const NODE_MILLIS = 60_000;
const SHORT_MILLIS = 20_000;
const FAMILIES = 'demo,system,issues,compliance,search';
export const RATE = 20;

export class Topology {
  /**
   * @param places root of the repository, work (a directory of this run), and the programs nginx, redis, java
   */
  static async plan(places) {
    const ports = await freePorts(7);
    const [front, a, b, cluster, busA, busB, redis] = ports;
    return new Topology(places, { front, a, b, cluster, busA, busB, redis });
  }

  constructor(places, ports) {
    Object.assign(this, { places, ports });
    this.processes = new Processes(places.work);
    this.front = `http://${HOST}:${ports.front}`;
    this.gateways = { a: `http://${HOST}:${ports.a}`, b: `http://${HOST}:${ports.b}` };
    this.running = {};
  }

  async start() {
    this.token = this.mintToken();
    await this.startRedis();
    await this.startDatabase();
    // One after the other: where all start at once on few cores, one may find another too slow to answer, and end.
    // A container would be restarted.
    await this.startNode('registry', this.registry());
    await this.startNode('tools-a', this.tools(`${FAMILIES},io.umbel.conformance.ConformanceTools`));
    await this.startNode('tools-b', this.tools(FAMILIES));
    await this.startGateway('a');
    await this.startGateway('b');
    await this.startFront();
    await this.everythingIsOffered();
  }

  async startRedis() {
    const args = ['--port', this.ports.redis, '--bind', HOST, '--save', '', '--appendonly', 'no', '--dir', this.places.work];
    const one = this.processes.start('redis', this.places.redis, args.map(String));
    this.running.redis = one;
    await this.processes.ready(one, SHORT_MILLIS, () => /Ready to accept/.test(this.processes.said(one)));
  }

  async startDatabase() {
    const { java, classes, work } = this.places;
    const source = new URL('Postgres.java', import.meta.url).pathname;
    const one = this.processes.start('postgres', java, ['-cp', classes, source, join(work, 'postgres')]);
    this.running.postgres = one;
    await this.processes.ready(one, NODE_MILLIS, () => /^postgresql:.*\n/.test(this.processes.said(one)));
    this.databaseUrl = this.processes.said(one).trim();
  }

  /** Stops everything; gives the names of what did not end, or left something behind, until it was killed. */
  async end() {
    await this.processes.stopAll();
    return this.processes.endLeft(this.databaseServer());
  }

  /** PostgreSQL outlives the process that started it, if that ends suddenly. */
  databaseServer() {
    try {
      const file = readFileSync(join(this.places.work, 'postgres/cluster/data/postmaster.pid'), 'utf8');
      return { 'the server of postgres': Number(file.split('\n')[0]) };
    } catch {
      return {};
    }
  }

  /** What every node has in common. */
  environment() {
    return {
      UMBEL_CLUSTER_NAME: `rehearsal-${process.pid}`,
      UMBEL_CLUSTER_PORT: String(this.ports.cluster),
      UMBEL_CLUSTER_MEMBERS: HOST,
      UMBEL_CLUSTER_SECRET: 'of this rehearsal only, and long enough',
      UMBEL_REGISTRY_SECRET_KEYS: `rehearsal:${Buffer.alloc(32, 7).toString('base64')}`,
      UMBEL_LOG_FORMAT: 'json',
      UMBEL_DATABASE_URL: this.databaseUrl,
    };
  }

  /** Counted for both gateways together; only one tool is limited, so that load may be as it is. */
  limits() {
    return {
      UMBEL_REDIS_URL: `redis://${HOST}:${this.ports.redis}`,
      RATE_LIMIT_RULES: `tools/call:multiply ${RATE}/600s burst ${RATE}, * unlimited`,
      UMBEL_TRUSTED_PROXIES: HOST,
    };
  }

  /** The public URL is nginx's, whichever gateway answers. */
  identity() {
    return { UMBEL_PUBLIC_URL: this.front, UMBEL_AUTH_SECRET: 'tokens of this rehearsal are signed with this' };
  }

  /** A token as the identity provider, or here the command, gives an administrator. */
  mintToken() {
    const args = ['token', '--account', 'acme', '--subject', 'ada', '--scope', 'admin', '--ttl', '1h'];
    const env = { ...process.env, ...this.identity(), UMBEL_DATA: join(this.places.work, 'data') };
    const minted = spawnSync(join(this.places.root, 'umbel'), args, { env, encoding: 'utf8' });
    if (minted.status !== 0) {
      throw new Error(`./umbel token: ${minted.stderr}`);
    }
    return minted.stdout.trim();
  }

  registry() {
    return ['--roles', 'registry'];
  }

  tools(roles) {
    return ['--roles', roles, '--with', this.places.conformance];
  }

  startGateway(which) {
    const flags = ['--roles', 'gateway', '--port', String(this.ports[which])];
    return this.startNode(`gateway-${which}`, flags, { ...this.limits(), ...this.identity() });
  }

  async startNode(name, flags, env = {}) {
    const args = ['up', '--cluster', '--data', join(this.places.work, 'data'), ...flags];
    const one = this.processes.start(name, join(this.places.root, 'umbel'), args, {
      ...this.environment(),
      ...env,
    });
    one.isNode = true;
    this.running[name] = one;
    await this.processes.ready(one, NODE_MILLIS, () => / is ready/.test(this.processes.said(one)));
    return one;
  }

  /** The configuration of the containers, with other addresses. */
  nginxConfiguration() {
    const values = {
      UMBEL_LISTEN: `${HOST}:${this.ports.front}`,
      UMBEL_GATEWAY_A: `${HOST}:${this.ports.a}`,
      UMBEL_GATEWAY_B: `${HOST}:${this.ports.b}`,
      UMBEL_RESOLVER: HOST,
    };
    const template = readFileSync(join(this.places.root, 'docker/nginx/nginx.conf.template'), 'utf8');
    const text = template.replace(/\$\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
    const prefix = join(this.places.work, 'nginx');
    mkdirSync(prefix, { recursive: true });
    writeFileSync(join(prefix, 'nginx.conf'), text);
    return prefix;
  }

  async startFront() {
    const one = this.processes.start('nginx', this.places.nginx, ['-p', this.nginxConfiguration(), '-c', 'nginx.conf']);
    this.running.nginx = one;
    await this.processes.ready(one, SHORT_MILLIS, async () => (await this.status(`${this.front}/health/live`)) === 200);
  }

  async status(url) {
    try {
      return (await send(url, undefined, { method: 'GET' })).status;
    } catch {
      return 0;
    }
  }

  /** Both gateways have heard of every tool. */
  async everythingIsOffered() {
    for (const url of Object.values(this.gateways)) {
      await until('every tool at each gateway', SHORT_MILLIS, async () => {
        const names = await this.toolNames(url);
        return ['add', 'health_check', 'test_elicitation'].every(name => names.includes(name));
      });
    }
  }

  async toolNames(url) {
    const listed = await modern(`${url}/mcp`, 'tools/list', {}, { token: this.token });
    return (listed.result?.tools ?? []).map(tool => tool.name);
  }

  /** How many HTTP requests a gateway says it has answered. */
  async served(which) {
    const { text } = await send(`${this.gateways[which]}/metrics`, undefined, { method: 'GET' });
    return [...text.matchAll(/^mcp_http_requests_total\{.*\} (\S+)$/gm)]
      .map(([, count]) => Number(count))
      .reduce((sum, count) => sum + count, 0);
  }
}
