import { assertError, InputError, NotFoundError } from '@backstage/errors';
import { inTransaction, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Clock } from '../clock/clockServiceRef';
import { checkFact } from './checkFact';
import { MAX_FACTS_PER_SUBJECT } from './factLimits';
import { FACT_COLUMNS, DatabaseFactRow, fromDatabase } from './factRows';
import { FactResult, FactStore, NewFact, StoredFact } from './FactStore';
import { lockVersions } from './lockVersions';
import { rejected } from './rejected';
import { CheckedFact, storeFacts, StoreResult } from './storeFacts';

/** @internal */
export class DatabaseFactStore implements FactStore {
  readonly #clock: Clock;
  readonly #database: Knex;
  readonly #wake: () => void;

  private constructor(options: {
    clock: Clock;
    database: Knex;
    wake: () => void;
  }) {
    this.#clock = options.clock;
    this.#database = options.database;
    this.#wake = options.wake;
  }

  /** @param options - `wake`: called after each commit that made subjects due */
  static create(options: {
    clock: Clock;
    database: Knex;
    wake: () => void;
  }): DatabaseFactStore {
    return new DatabaseFactStore(options);
  }

  async push(
    facts: NewFact[],
    options: Parameters<FactStore['push']>[1] = {},
  ): Promise<FactResult[]> {
    const { collectorId, replaceForCollector, tx } = options;
    const now = this.#clock();
    const results = new Array<FactResult>(facts.length);
    const checked: CheckedFact[] = [];
    const indexes: number[] = [];
    const refused = new Set<number>();
    for (const [index, fact] of facts.entries()) {
      try {
        checked.push({ ...fact, value: checkFact(fact, now) });
        indexes.push(index);
      } catch (error) {
        assertError(error);
        results[index] = rejected(error);
        refused.add(fact.subjectId);
      }
    }

    const store = (within: Knex.Transaction) =>
      storeFacts(within, {
        facts: checked,
        collectorId,
        // What was refused may stand for something that it said earlier
        replacedSubjects: (replaceForCollector?.subjectIds ?? []).filter(
          id => !refused.has(id),
        ),
        clock: this.#clock,
      });
    const stored = await (tx
      ? store(tx)
      : inTransaction(this.#database, store));
    if (stored.isDue && !tx) {
      this.#wake();
    }
    for (const [position, index] of indexes.entries()) {
      results[index] = toResult(stored.results[position]);
    }
    return results;
  }

  async touch(
    tx: Knex.Transaction,
    options: { subjectIds: number[]; collectorId: string; observedAt: number },
  ): Promise<void> {
    const { subjectIds, collectorId, observedAt } = options;
    await lockVersions(tx, subjectIds);
    const known = await this.read(subjectIds, tx);
    await storeFacts(tx, {
      facts: [...known].flatMap(([subjectId, facts]) =>
        facts
          .filter(fact => fact.collectorId === collectorId)
          .map(fact => ({ ...fact, subjectId, observedAt })),
      ),
      collectorId,
      replacedSubjects: [],
      clock: this.#clock,
    });
  }

  async read(
    subjectIds: number[],
    tx?: Knex.Transaction,
  ): Promise<Map<number, StoredFact[]>> {
    const knex = tx ?? this.#database;
    const rows: (DatabaseFactRow & { name: string })[] = await whereAny(
      knex,
      knex('facts').join('fact_names', 'fact_names.id', 'facts.fact_id'),
      'facts.subject_id',
      subjectIds,
    )
      .orderBy(['facts.subject_id', 'fact_names.name'])
      .select('name', ...FACT_COLUMNS);
    const facts = new Map<number, StoredFact[]>();
    for (const { name, ...row } of rows) {
      const { subjectId, factId: _, ...fact } = fromDatabase(row);
      const list = facts.get(subjectId) ?? [];
      list.push({ name, ...fact });
      facts.set(subjectId, list);
    }
    return facts;
  }
}

function toResult(result: StoreResult): FactResult {
  switch (result) {
    case 'unknown':
      return rejected(new NotFoundError('entityRef: is not in the catalog'));
    case 'tooMany':
      return rejected(
        new InputError(
          `name: the entity has ${MAX_FACTS_PER_SUBJECT} facts already`,
        ),
      );
    default:
      return { status: result };
  }
}
