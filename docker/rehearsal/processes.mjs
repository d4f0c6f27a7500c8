// Processes of one rehearsal: started in order, each with a log of its own; all ended by their ids.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const GRACE_MILLIS = 20_000;

/** Asks until it gets something, or throws what is said of the wait. */
export async function until(what, millis, ask) {
  for (const end = Date.now() + millis; ; await pause(50)) {
    const got = await ask();
    if (got) {
      return got;
    }
    if (Date.now() > end) {
      throw new Error(`${what}: not within ${millis / 1000} s`);
    }
  }
}

/** Ports of this machine that nobody listens on now. */
export async function freePorts(count) {
  const servers = [];
  for (let i = 0; i < count; i++) {
    const server = createServer();
    await new Promise((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve));
    servers.push(server);
  }
  const ports = servers.map(server => server.address().port);
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}

export class Processes {
  constructor(directory) {
    this.directory = directory;
    this.all = [];
  }

  /** Starts one; its output and errors go to files that are named after it. */
  start(name, command, args, env = {}) {
    if (this.ending) {
      throw new Error(`${name} is not started any more: the rehearsal ends`);
    }
    const out = openSync(join(this.directory, `${name}.out`), 'w');
    const err = openSync(join(this.directory, `${name}.log`), 'w');
    const child = spawn(command, args, {
      stdio: ['pipe', out, err],
      env: { ...process.env, ...env },
      detached: true, // an interrupt of the terminal ends this script, which ends the others in order
    });
    closeSync(out);
    closeSync(err);
    const one = { name, child, pid: child.pid, ended: null };
    one.end = new Promise(resolve => {
      child.on('error', error => resolve(one.ended = String(error.message)));
      child.on('exit', (code, signal) => {
        one.leaves = signalled(-child.pid, 0); // asked now, while its id cannot be anybody else's
        resolve(one.ended = signal ?? `status ${code}`);
      });
    });
    this.all.push(one);
    return one;
  }

  said(one) {
    return readFileSync(join(this.directory, `${one.name}.out`), 'utf8');
  }

  complained(one) {
    return readFileSync(join(this.directory, `${one.name}.log`), 'utf8');
  }

  /** Waits for a process to be as it should; one that has ended never will be. */
  ready(one, millis, ask) {
    return until(one.name, millis, () => {
      if (one.ended !== null) {
        throw new Error(`${one.name} ended (${one.ended}):\n${this.complained(one).slice(-2000)}`);
      }
      return ask();
    });
  }

  /** As a machine that dies. */
  async kill(one) {
    one.child.kill('SIGKILL');
    await one.end;
  }

  /** As an operator stops it; gives what it ended with. */
  async stop(one) {
    one.child.kill('SIGTERM');
    const late = setTimeout(() => one.child.kill('SIGKILL'), GRACE_MILLIS);
    await one.end;
    clearTimeout(late);
    return one.ended;
  }

  /** The last that was started is stopped first; those that are alike at once. */
  async stopAll() {
    this.ending = true;
    const running = this.all.filter(one => one.ended === null).reverse();
    const nodes = running.filter(one => one.isNode);
    await Promise.all(nodes.map(one => this.stop(one)));
    for (const one of running.filter(one => !one.isNode)) {
      await this.stop(one);
    }
  }

  /**
   * Ends what those that were started have left behind: their process groups, and servers that made themselves
   * independent. Gives the names of those that did.
   *
   * @param others ids of such servers, by name
   */
  async endLeft(others = {}) {
    const left = this.all.filter(one => one.leaves).map(one => [one.name, -one.pid]);
    const alive = [...left, ...Object.entries(others)].filter(([, id]) => signalled(id, 'SIGKILL'));
    await Promise.all(alive.map(([name, id]) => until(`the end of ${name}`, GRACE_MILLIS, () => !signalled(id, 0))));
    return alive.map(([name]) => name);
  }
}

/** Whether there is such a process, or with a negative id such a group, to signal. */
function signalled(id, signal) {
  try {
    return process.kill(id, signal);
  } catch (failure) {
    if (failure.code === 'ESRCH') {
      return false;
    }
    throw failure;
  }
}
