import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import type { Readiness } from './health.ts';

/** Ends the process gracefully on SIGTERM and SIGINT. */
export function stopOnSignals(options: Omit<ShutdownOptions, 'signal'>): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // A signal to the whole process group arrives twice: from its sender and from npm
      if (!stopping) {
        stopping = true;
        void stopGracefully({ ...options, signal }).then(exitCode => {
          process.exit(exitCode);
        });
      }
    });
  }
}

interface ShutdownOptions {
  readonly app: FastifyInstance;
  readonly config: Pick<Config, 'shutdownDelayMs' | 'shutdownTimeoutMs'>;
  readonly readiness: Readiness;
  readonly signal: string;
  readonly stopTelemetry: () => Promise<void>;
}

/**
 * Stops without losing a request: first report not ready and go on serving
 * until no balancer sends traffic here any more, then finish what is under way.
 *
 * @returns the exit code: 0, or 1 if requests had to be cut off
 */
async function stopGracefully(options: ShutdownOptions): Promise<number> {
  const { app, config, readiness, signal, stopTelemetry } = options;
  readiness.set(false);
  app.log.info({ signal, delayMs: config.shutdownDelayMs }, 'stopping: not ready any more');
  await sleep(config.shutdownDelayMs);

  const drained = await Promise.race([
    app.close().then(() => true),
    sleep(config.shutdownTimeoutMs, false, { ref: false }),
  ]);
  if (drained) {
    app.log.info('stopped: every request was answered');
  } else {
    app.log.error({ timeoutMs: config.shutdownTimeoutMs }, 'stopped: requests were cut off');
  }

  // A trace collector that does not answer must not hold up the exit
  await Promise.race([stopTelemetry(), sleep(3000, undefined, { ref: false })]);
  return drained ? 0 : 1;
}
