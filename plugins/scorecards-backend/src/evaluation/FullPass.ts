import { inTransaction } from '@waymark/backend-support';
import { Knex } from 'knex';
import { lockDefinitions } from '../scorecards/definitionLock';
import { writeFactMaxAges } from '../scorecards/factMaxAges';
import { readInForce } from '../scorecards/readDefinitions';
import { DatabaseEvaluationQueue } from './DatabaseEvaluationQueue';
import { Evaluator } from './Evaluator';
import { readSubjectsAfter } from './readSubjects';
import { Rollups } from './Rollups';

/** Subjects held in memory at a time. */
const PAGE = 200;

/**
 * Compares what is stored of every subject with what it should be, as a safety
 * net, and for rules that look at the time. It takes and marks nobody; only those
 * that differ are evaluated as if they were due.
 *
 * @internal
 */
export class FullPass {
  readonly #evaluator: Evaluator;
  readonly #knex: Knex;
  readonly #queue: DatabaseEvaluationQueue;
  readonly #rollups: Rollups;

  constructor(options: {
    evaluator: Evaluator;
    knex: Knex;
    queue: DatabaseEvaluationQueue;
    rollups: Rollups;
  }) {
    this.#evaluator = options.evaluator;
    this.#knex = options.knex;
    this.#queue = options.queue;
    this.#rollups = options.rollups;
  }

  /** @returns how many subjects there are, and how many of them differed */
  async run(
    options: { signal?: AbortSignal } = {},
  ): Promise<{ subjects: number; different: number }> {
    const { signal } = options;
    let subjects = 0;
    let different = 0;
    let page = await this.#read(0);
    while (page.length > 0) {
      signal?.throwIfAborted();
      // The next page is read while this one is evaluated
      const [overdue, next] = await Promise.all([
        this.#evaluator.findOverdue(page),
        this.#read(page[page.length - 1].id),
      ]);
      await this.#queue.evaluateFound(overdue);
      subjects += page.length;
      different += overdue.length;
      page = next;
    }
    await this.#rollups.writeOpenDays();
    // Facts may have come that a rule reads as a part of something
    await inTransaction(this.#knex, async tx => {
      await lockDefinitions(tx, 'shared');
      await writeFactMaxAges(tx, await readInForce(tx));
    });
    return { subjects, different };
  }

  #read(id: number) {
    return readSubjectsAfter(this.#knex, { id, limit: PAGE });
  }
}
