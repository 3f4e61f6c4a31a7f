import { setTimeout as sleep } from 'node:timers/promises';
import { ProcessLauncher } from '../processes/ProcessLauncher';
import { SupervisedProcess } from '../processes/SupervisedProcess';
import { freePorts } from './freePorts';
import { probe } from './probe';

/** Milliseconds between two questions whether it is ready. */
const PROBE_EVERY_MS = 100;

/** Milliseconds between two looks, as long as it is not ready, and after. */
const LOOK_MS = { starting: 200, running: 2000 };

/**
 * A build to start.
 *
 * @internal
 */
export interface Build {
  /** Number of the run that made it. */
  run: number;
  /** The folder of that run. */
  folder: string;
}

/**
 * One start of one build, from its first process to its last.
 *
 * @internal
 */
export class Deployment {
  readonly build: Build;
  readonly port: number;
  /** Where it may answer gRPC, if it does. */
  readonly grpcPort: number;
  readonly process: SupervisedProcess;

  /**
   * Starts a build and waits until it is ready.
   *
   * @throws Error for people, when it does not become ready; nothing of it is left
   */
  static async start(options: {
    build: Build;
    launcher: ProcessLauncher;
    log: { write: (chunk: Buffer) => void; note: (text: string) => void };
    readyTimeoutMs: number;
    signal?: AbortSignal;
  }): Promise<Deployment> {
    const { build, launcher, log, readyTimeoutMs, signal } = options;
    const [port, metricsPort, grpcPort] = await freePorts(3);
    log.note(`Build ${build.run} starts on port ${port}`);
    const look = { interval: LOOK_MS.starting };
    const started = await launcher.start({
      kind: 'service',
      folder: build.folder,
      script: 'start',
      env: {
        HOST: '127.0.0.1',
        PORT: String(port),
        METRICS_PORT: String(metricsPort),
        GRPC_PORT: String(grpcPort),
        NODE_ENV: 'production',
        // Nobody waits for a load balancer here
        SHUTDOWN_DELAY_MS: '0',
      },
      onOutput: log.write,
      ports: [port, metricsPort, grpcPort],
      look,
    });
    const deployment = new Deployment({
      build,
      port,
      grpcPort,
      process: started,
    });
    await deployment.#untilReady({ readyTimeoutMs, signal });
    look.interval = LOOK_MS.running;
    return deployment;
  }

  private constructor(options: {
    build: Build;
    port: number;
    grpcPort: number;
    process: SupervisedProcess;
  }) {
    this.build = options.build;
    this.port = options.port;
    this.grpcPort = options.grpcPort;
    this.process = options.process;
  }

  async #untilReady(options: {
    readyTimeoutMs: number;
    signal?: AbortSignal;
  }): Promise<void> {
    const { readyTimeoutMs, signal } = options;
    const deadline = Date.now() + readyTimeoutMs;
    let last: string | undefined;
    while (this.process.isRunning && !signal?.aborted) {
      last = await probe(this.port);
      // One that answers may still listen where it must not
      if (!last && this.process.isRunning && (await this.process.inspect())) {
        return;
      }
      if (Date.now() > deadline) {
        await this.process.end({ graceMs: 2000 });
        throw new Error(
          `It was not ready within ${readyTimeoutMs / 1000} s: ${last}`,
        );
      }
      await sleep(PROBE_EVERY_MS);
    }
    if (signal?.aborted) {
      await this.process.end({ graceMs: 2000 });
      throw new Error('It was cancelled');
    }
    const { problem } = await this.process.ended;
    throw new Error(
      `${problem ?? 'It ended with exit code 0'}, before it was ready`,
    );
  }
}
