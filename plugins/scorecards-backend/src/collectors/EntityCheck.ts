import { EvaluationQueue } from '../evaluation/EvaluationQueue';
import { CollectorReport, CollectorRunner } from './CollectorRunner';

/**
 * Collects the facts of an entity and evaluates it, once for all who ask at the
 * same time.
 *
 * @internal
 */
export class EntityCheck {
  readonly #queue: Pick<EvaluationQueue, 'evaluateNow'>;
  readonly #runner: Pick<CollectorRunner, 'collectNow'>;
  readonly #running = new Map<number, Promise<CollectorReport[]>>();

  constructor(options: {
    queue: Pick<EvaluationQueue, 'evaluateNow'>;
    runner: Pick<CollectorRunner, 'collectNow'>;
  }) {
    this.#queue = options.queue;
    this.#runner = options.runner;
  }

  /** @returns what each collector came to */
  async check(subjectId: number): Promise<CollectorReport[]> {
    let running = this.#running.get(subjectId);
    if (!running) {
      running = this.#check(subjectId).finally(() =>
        this.#running.delete(subjectId),
      );
      this.#running.set(subjectId, running);
    }
    return running;
  }

  async #check(subjectId: number): Promise<CollectorReport[]> {
    const reports = await this.#runner.collectNow([subjectId]);
    await this.#queue.evaluateNow([subjectId]);
    return reports;
  }
}
