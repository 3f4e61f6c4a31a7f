import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

/** One line of the service's log. */
export type LogLine = Record<string, unknown> & { msg: string };

const main = fileURLToPath(new URL('../main.js', import.meta.url));
const telemetry = new URL('../telemetry.js', import.meta.url).href;

/** The service as it runs in production: a process of its own, on any free port. */
export class ServiceProcess {
  readonly log: LogLine[] = [];
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  /** Starts the service; the end of the test ends it, if the test did not. */
  static async start(t: TestContext, env: Record<string, string>): Promise<ServiceProcess> {
    const child = spawn(process.execPath, ['--enable-source-maps', '--import', telemetry, main], {
      env: { ...process.env, HOST: '127.0.0.1', PORT: '0', {% if values.service.grpcPort %}GRPC_PORT: '0', {% endif %}METRICS_PORT: '0', SHUTDOWN_DELAY_MS: '0', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    t.after(() => child.kill('SIGKILL'));
    const early: LogLine[] = [];
    const lines = createInterface({ input: child.stdout });
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', code => reject(new Error(`the service stopped with ${code} before it listened`)));
      lines.on('line', text => {
        const line = JSON.parse(text) as LogLine;
        early.push(line);
        const address = /^Server listening at (http:\S+)$/.exec(line.msg)?.[1];
        if (address !== undefined) {
          resolve(address);
        }
      });
    });
    const service = new ServiceProcess(child, url);
    service.log.push(...early);
    lines.on('line', text => service.log.push(JSON.parse(text) as LogLine));
    return service;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  async exitCode(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      await once(this.#child, 'exit');
    }
    return this.#child.exitCode;
  }
}

/** Asks until the answer is as wanted; fails after five seconds. */
export async function eventually<T>(ask: () => Promise<T> | T, wanted: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 5000;
  for (;;) {
    const value = await ask();
    if (wanted(value)) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`still not as wanted after five seconds: ${JSON.stringify(value).slice(0, 500)}`);
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
