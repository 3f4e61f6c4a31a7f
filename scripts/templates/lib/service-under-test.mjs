import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { freePort } from '../../lib/ports.mjs';

/** How long a service goes on serving once it is told to stop; long enough to be seen. */
const SHUTDOWN_DELAY_MS = 2500;

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/** A generated service, started as the portal's own runner does, in a process group of its own. */
export class ServiceUnderTest {
  #child;
  #output = '';

  static async start({ directory, env }) {
    const service = new ServiceUnderTest();
    const port = await freePort();
    service.port = port;
    service.metricsPort = await freePort();
    service.grpcPort = await freePort();
    service.url = `http://127.0.0.1:${port}`;
    service.directory = directory;
    service.env = env;
    const started = Date.now();
    service.#child = spawn('ci/start', [], {
      cwd: directory,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...env,
        HOST: '127.0.0.1',
        PORT: String(port),
        METRICS_PORT: String(service.metricsPort),
        GRPC_PORT: String(service.grpcPort),
        SHUTDOWN_DELAY_MS: String(SHUTDOWN_DELAY_MS),
      },
    });
    service.#child.stdout.on('data', chunk => (service.#output += chunk));
    service.#child.stderr.on('data', chunk => (service.#output += chunk));
    while (!(await service.#status('/readyz'))) {
      if (service.#child.exitCode !== null || Date.now() - started > 60_000) {
        service.kill();
        throw new Error(`it does not answer\n${service.#output}`);
      }
      await sleep(50);
    }
    service.startedAfterMs = Date.now() - started;
    return service;
  }

  /** The metrics and their labels. */
  async metrics() {
    const response = await fetch(
      `http://127.0.0.1:${this.metricsPort}/metrics`,
    );
    const exported = new Map();
    for (const [, name, labels = ''] of (await response.text()).matchAll(
      /^([a-z_:][\w:]*)(?:\{(.*)\})? /gim,
    )) {
      const known = exported.get(name) ?? new Set();
      for (const [, label] of labels.matchAll(/(\w+)="/g)) {
        known.add(label);
      }
      exported.set(name, known);
    }
    return exported;
  }

  logLines() {
    // npm says what it starts before the service says anything
    return this.#output
      .split('\n')
      .filter(
        line =>
          line.trim() && !line.startsWith('> ') && !line.startsWith('npm '),
      )
      .map(line => JSON.parse(line));
  }

  /** Stops it with half of a request on its way. */
  async terminate(path) {
    const ended = new Promise(resolve => this.#child.once('exit', resolve));
    const socket = connect(this.port, '127.0.0.1');
    await new Promise(resolve => socket.once('connect', resolve));
    socket.write(`GET ${path} HTTP/1.1\r\nhost: test\r\n`);
    const answer = new Promise(resolve => {
      let text = '';
      socket.on('data', chunk => (text += chunk));
      socket.once('close', () => resolve(text));
    });

    this.#child.kill('SIGTERM');
    const served = Date.now() + SHUTDOWN_DELAY_MS;
    let unreadyWhileServing = false;
    while (!unreadyWhileServing && Date.now() < served) {
      await sleep(20);
      unreadyWhileServing =
        (await this.#status('/readyz')) === 503 &&
        (await this.#status(path)) === 200;
    }
    await sleep(served + 200 - Date.now());
    socket.write('connection: close\r\n\r\n');
    const lastStatus = Number(/^HTTP\/1\.1 (\d+)/.exec(await answer)?.[1]);
    const exitCode = await Promise.race([ended, sleep(10_000)]);
    return {
      unreadyWhileServing,
      lastStatus,
      exitCode,
      stillListening: (await this.#status('/healthz')) !== undefined,
    };
  }

  kill() {
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') {
        throw error;
      }
    }
  }

  async #status(path) {
    try {
      const response = await fetch(`${this.url}${path}`, {
        headers: { connection: 'close' },
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return undefined;
    }
  }
}
