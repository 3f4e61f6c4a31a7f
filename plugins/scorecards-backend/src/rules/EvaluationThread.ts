import { Worker } from 'node:worker_threads';
import { EvaluationJob, EvaluationMessage } from './EvaluationJob';
import { EvaluationProgress } from './EvaluationProgress';
import { EVALUATION_WORKER, EVALUATION_WORKER_FILE } from './evaluationWorker';

/**
 * The thread is gone, and what it was at is the reason.
 *
 * @internal
 */
export class ThreadLostError extends Error {
  constructor(
    readonly reason: 'time' | 'memory' | 'other',
    message: string,
    readonly at: EvaluationProgress,
  ) {
    super(message);
  }
}

/**
 * A thread that evaluates, and is ended when it takes too long over one thing.
 *
 * @internal
 */
export class EvaluationThread {
  readonly #worker: Worker;
  #isLost = false;

  constructor(memoryMb: number) {
    this.#worker = new Worker(EVALUATION_WORKER_FILE, {
      workerData: EVALUATION_WORKER,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      // From sources, as in development, they have to be translated first
      ...(EVALUATION_WORKER_FILE.endsWith('.ts') && {
        execArgv: [
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        ],
      }),
    });
    // Nobody has to wait for it to stop
    this.#worker.unref();
    this.#worker.on('error', () => {
      this.#isLost = true;
    });
    this.#worker.on('exit', () => {
      this.#isLost = true;
    });
  }

  /** It cannot be given any more work. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /**
   * @param allowedMs - how long what is being done may take
   * @throws ThreadLostError
   */
  async run(
    job: EvaluationJob,
    options: {
      allowedMs: (progress: EvaluationProgress) => number;
      checkEveryMs: number;
      onDetails: (details: [index: number, detail: string][]) => void;
    },
  ): Promise<void> {
    const worker = this.#worker;
    const progress = new EvaluationProgress(job.progress);
    const lost = (reason: ThreadLostError['reason'], message: string) =>
      new ThreadLostError(reason, message, progress);
    let failure: Error | undefined;
    let onError = (_error: Error) => {};
    let onExit = () => {};
    let onMessage = (_message: EvaluationMessage) => {};
    let watch: NodeJS.Timeout | undefined;
    worker.ref();
    try {
      await new Promise<void>((resolve, reject) => {
        onMessage = message => {
          if (message.type === 'details') {
            options.onDetails(message.details);
          } else if (message.type === 'done') {
            resolve();
          } else {
            reject(new Error(message.message));
          }
        };
        onError = error => {
          const { code } = error as NodeJS.ErrnoException;
          failure ??= lost(
            code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'other',
            error.message,
          );
        };
        // Only then has all been heard that it said
        onExit = () => reject(failure ?? lost('other', 'The thread has ended'));
        worker.on('message', onMessage);
        worker.on('error', onError);
        worker.on('exit', onExit);
        watch = this.#watch(progress, options, message => {
          failure ??= lost('time', message);
        });
        worker.postMessage(job);
      });
    } finally {
      clearInterval(watch);
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      worker.unref();
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #watch(
    progress: EvaluationProgress,
    options: {
      allowedMs: (progress: EvaluationProgress) => number;
      checkEveryMs: number;
    },
    onSlow: (message: string) => void,
  ): NodeJS.Timeout {
    let tick = progress.tick;
    let since = performance.now();
    const watch = setInterval(() => {
      const now = performance.now();
      if (progress.tick !== tick) {
        tick = progress.tick;
        since = now;
      } else if (
        // Before the first thing, the thread has to start
        tick > 0 &&
        now - since > options.allowedMs(progress)
      ) {
        clearInterval(watch);
        onSlow(`Nothing was done for ${Math.round(now - since)} ms`);
        this.#worker.terminate();
      }
    }, options.checkEveryMs);
    return watch;
  }
}
