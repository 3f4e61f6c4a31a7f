import { deserializeError, InputError } from '@backstage/errors';
import { rm } from 'node:fs/promises';
import pLimit from 'p-limit';
import { Worker } from 'node:worker_threads';
import { BuildLogger, SiteJob } from './buildSite';
import { SITE_WORKER, SITE_WORKER_FILE, SiteWorkerMessage } from './siteWorker';

/** So that nobody waits for a site that takes long, while most take no time. */
const MAX_WORKERS = 2;

/**
 * How long more than one thread is kept without work. One always is: its start takes
 * half a second, and it knows the articles of the last builds.
 */
const IDLE_MS = 5 * 60_000;

/** A site with more pages than this that take too long is not built. */
const MAX_SLOW_PAGES = 3;

/** A page took longer than it may. */
class SlowPageError extends Error {
  constructor(readonly file: string, seconds: number) {
    super(
      `${file} takes longer than ${seconds} seconds to be read. Break it into several pages, or make it simpler.`,
    );
  }
}

/**
 * Threads that build sites, one site at a time each. Whatever a page is made to
 * cost, the backend goes on answering.
 *
 * @internal
 */
export class SiteWorkers {
  readonly #limit = pLimit(MAX_WORKERS);
  readonly #idle = new Map<Worker, NodeJS.Timeout>();

  /** Builds a site; a page that takes too long is replaced by one that says so. */
  async build(
    job: SiteJob,
    logger: BuildLogger,
    signal?: AbortSignal,
  ): Promise<void> {
    const unreadable: Record<string, string> = {};
    for (;;) {
      try {
        await this.#limit(() =>
          this.#run({ ...job, unreadable }, logger, signal),
        );
        return;
      } catch (error) {
        if (
          !(error instanceof SlowPageError) ||
          // What is slow without its text is not made faster by leaving that out
          error.file in unreadable ||
          Object.keys(unreadable).length >= MAX_SLOW_PAGES
        ) {
          throw error;
        }
        unreadable[error.file] = error.message;
        await rm(job.outputDir, { recursive: true, force: true });
      }
    }
  }

  async #run(
    job: SiteJob,
    logger: BuildLogger,
    signal?: AbortSignal,
  ): Promise<void> {
    signal?.throwIfAborted();
    const { maxPageSeconds } = job.limits;
    const worker = this.#take();
    // Time counts from the first word of the thread, when it has started
    let current = job.inputDir;
    let alarm: NodeJS.Timeout | undefined;
    let onAbort = () => {};
    try {
      await new Promise<void>((resolve, reject) => {
        onAbort = () => reject(signal?.reason);
        signal?.addEventListener('abort', onAbort);
        const wait = () => {
          clearTimeout(alarm);
          alarm = setTimeout(
            () => reject(new SlowPageError(current, maxPageSeconds)),
            maxPageSeconds * 1000,
          );
        };
        worker.on('message', (message: SiteWorkerMessage) => {
          switch (message.type) {
            case 'log':
              logger[message.level](message.message);
              break;
            case 'page':
              current = message.file;
              wait();
              break;
            case 'done':
              resolve();
              break;
            default:
              reject(deserializeError(message.error));
          }
        });
        worker.on('error', error =>
          reject(
            (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
              ? new InputError(`${current} takes more memory than a page may`)
              : error,
          ),
        );
        worker.on('exit', () =>
          reject(new Error('The thread that builds documentation has ended')),
        );
        worker.postMessage(job);
      });
      this.#give(worker);
    } catch (error) {
      await worker.terminate();
      throw error;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      clearTimeout(alarm);
    }
  }

  #take(): Worker {
    // The one that worked last knows the most of what is wanted next
    for (const [worker, timeout] of [...this.#idle].reverse()) {
      clearTimeout(timeout);
      this.#idle.delete(worker);
      this.#silence(worker);
      worker.ref();
      return worker;
    }
    return new Worker(SITE_WORKER_FILE, {
      workerData: SITE_WORKER,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
      // From sources, as in development, they have to be translated first
      ...(SITE_WORKER_FILE.endsWith('.ts') && {
        execArgv: [
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        ],
      }),
    });
  }

  #give(worker: Worker): void {
    this.#silence(worker);
    worker.on('error', () => this.#idle.delete(worker));
    // Nobody has to wait for it to stop
    worker.unref();
    const timeout = setTimeout(() => {
      if (this.#idle.size > 1) {
        this.#idle.delete(worker);
        worker.terminate();
      } else {
        timeout.refresh();
      }
    }, IDLE_MS);
    timeout.unref();
    this.#idle.set(worker, timeout);
  }

  /** By name: a thread has listeners of its own, too. */
  #silence(worker: Worker): void {
    for (const event of ['error', 'exit', 'message']) {
      worker.removeAllListeners(event);
    }
  }
}
