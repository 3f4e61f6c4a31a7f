import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const SCRIPT = resolve(__dirname, '../../../../scripts/postgres.mjs');

/** A PostgreSQL server of its own, which can go away and come back. */
export class PostgresServer {
  static async create(): Promise<PostgresServer> {
    const dataDir = await mkdtemp(join(tmpdir(), 'waymark-test-'));
    const server = new PostgresServer(dataDir);
    await server.start();
    return server;
  }

  readonly #dataDir: string;
  #process?: ChildProcess;
  #url?: URL;

  private constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  get connection() {
    if (!this.#url) {
      throw new Error('The server has not been started');
    }
    const { hostname: host, port, username: user, password } = this.#url;
    return { host, port: Number(port), user, password, database: 'postgres' };
  }

  /** On the same port and the same data as before. */
  async start(): Promise<void> {
    const child = spawn(
      process.execPath,
      [
        SCRIPT,
        ...['--data', this.#dataDir],
        ...(this.#url ? ['--port', this.#url.port] : []),
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    this.#process = child;
    for await (const line of createInterface({ input: child.stdout })) {
      this.#url = new URL(line.slice(line.indexOf('=') + 1));
      return;
    }
    throw new Error('PostgreSQL did not start');
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child && child.exitCode === null) {
      const exited = once(child, 'exit');
      child.stdin?.end();
      await exited;
    }
  }

  /** From now on it takes connections and says nothing. */
  freeze(): void {
    this.#signal('SIGSTOP');
  }

  /** It goes on as if nothing had been. */
  thaw(): void {
    this.#signal('SIGCONT');
  }

  /** To all processes of the server: each of them leads a group of its own. */
  #signal(name: NodeJS.Signals): void {
    const [pid] = readFileSync(
      join(this.#dataDir, 'cluster/postmaster.pid'),
      'utf8',
    ).split('\n');
    for (const entry of readdirSync('/proc').filter(e => /^\d+$/.test(e))) {
      try {
        const fields = readFileSync(`/proc/${entry}/stat`, 'utf8').split(' ');
        if (entry === pid || fields[3] === pid) {
          process.kill(Number(entry), name);
        }
      } catch {
        // Gone meanwhile
      }
    }
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}
