// Clients that go on while something dies: half of them only read and never repeat anything themselves, half
// call a tool and, where the connection or nginx says that it is not known whether it ran, call it again.
import { modern, text } from './client.mjs';

const READERS = 4;
const CALLERS = 4;
const MOST_REPETITIONS = 3;
const PATIENCE_MILLIS = 30_000;

export class Load {
  constructor(url, token) {
    Object.assign(this, { url, options: { token }, reads: 0, calls: 0, repeated: 0, stopping: false });
    this.workers = [
      ...Array.from({ length: READERS }, () => this.work(() => this.read())),
      ...Array.from({ length: CALLERS }, () => this.work(() => this.call())),
    ];
  }

  async work(once) {
    try {
      while (!this.stopping) {
        await once();
      }
    } catch (failure) {
      this.failure ??= failure;
      this.stopping = true;
    }
  }

  async read() {
    const got = await modern(this.url, 'tools/list', {}, this.options);
    if (!got.result?.tools?.length) {
      throw new Error(`a read was lost: ${text(got)}`);
    }
    this.reads++;
  }

  async call() {
    for (let attempt = 0; attempt <= MOST_REPETITIONS; attempt++) {
      const message = `call ${this.calls}`;
      const got = await this.attempt({ name: 'echo', arguments: { message } });
      if (got && text(got) === JSON.stringify({ result: `Echo: ${message}` })) {
        this.calls++;
        return;
      }
      if (got && got.status !== 502) {
        throw new Error(`a call failed: ${text(got)}`);
      }
      this.repeated++;
    }
    throw new Error(`a call was lost after ${MOST_REPETITIONS} repetitions`);
  }

  async attempt(params) {
    try {
      return await modern(this.url, 'tools/call', params, this.options);
    } catch {
      return undefined; // cut off in the middle
    }
  }

  /** Waits until that many more have been answered. */
  async reached(more) {
    const goal = this.reads + this.calls + more;
    for (const end = Date.now() + PATIENCE_MILLIS; this.reads + this.calls < goal; ) {
      if (this.failure) {
        throw this.failure;
      }
      if (Date.now() > end) {
        this.stopping = true;
        throw new Error(`only ${this.reads} reads and ${this.calls} calls were answered in time`);
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  async stop() {
    this.stopping = true;
    await Promise.all(this.workers);
    if (this.failure) {
      throw this.failure;
    }
    return this;
  }
}
