import { inTransaction } from '@waymark/backend-support';
import { FactStore } from '../facts/FactStore';
import { Knex } from 'knex';
import { Ended } from './collectionRows';
import { CollectionTable, Taken } from './CollectionTable';
import { CollectorPauses } from './CollectorPauses';
import { CollectorSettings } from './CollectorSettings';
import { failureText } from './failureText';
import {
  CollectedFact,
  CollectedResult,
  retryAtOf,
} from './readCollectedFacts';

/**
 * Writes what one call of a collector comes to: facts first, then that they were
 * collected, so that a crash in between only means to collect them again.
 *
 * @internal
 */
export class ResultWriter {
  readonly #ended: Ended[] = [];
  readonly #facts: FactStore;
  readonly #knex: Knex;
  readonly #lease: string;
  readonly #pauses: CollectorPauses;
  readonly #settings: CollectorSettings;
  readonly #startedAt: number;
  readonly #table: CollectionTable;
  readonly #wakeEvaluation: () => void;

  constructor(options: {
    facts: FactStore;
    knex: Knex;
    lease: string;
    pauses: CollectorPauses;
    settings: CollectorSettings;
    /** Nothing that the call says is younger than this. */
    startedAt: number;
    table: CollectionTable;
    /** Called when something became due for evaluation. */
    wakeEvaluation(): void;
  }) {
    this.#facts = options.facts;
    this.#knex = options.knex;
    this.#lease = options.lease;
    this.#pauses = options.pauses;
    this.#settings = options.settings;
    this.#startedAt = options.startedAt;
    this.#table = options.table;
    this.#wakeEvaluation = options.wakeEvaluation;
  }

  /** What was written so far. */
  get ended(): readonly Ended[] {
    return this.#ended;
  }

  /** What the collector said. */
  async write(results: readonly [Taken, CollectedResult][]): Promise<void> {
    const { id: collectorId } = this.#settings;
    const ours = await this.#table.stillTaken({
      collectorId,
      lease: this.#lease,
      subjectIds: results.map(([{ subjectId }]) => subjectId),
    });
    // Whoever has taken the others since will say something newer
    const current = results.filter(([{ subjectId }]) => ours.has(subjectId));
    const refused = await this.#replace(
      current.flatMap(([{ subjectId }, result]) =>
        result.kind === 'facts' ? [{ subjectId, facts: result.facts }] : [],
      ),
    );

    const ended = current.map(([{ subjectId, succeeded }, result]): Ended => {
      if (result.kind === 'failed') {
        return this.#failure(subjectId, result.error);
      }
      if (result.kind === 'unchanged') {
        return succeeded
          ? { subjectId, status: 'unchanged' }
          : this.#failure(
              subjectId,
              new Error('Unchanged, it says, though it has said nothing yet'),
            );
      }
      const why = refused.get(subjectId);
      return why === undefined
        ? { subjectId, status: 'collected', state: result.state }
        : this.#failure(subjectId, new Error(why));
    });
    const confirmed = ended
      .filter(({ status }) => status === 'unchanged')
      .map(({ subjectId }) => subjectId);
    await this.#confirm(confirmed);
    await this.#end(ended);
  }

  /** The collector said nothing of these, because of something. */
  async fail(subjects: readonly Taken[], error: unknown): Promise<void> {
    await this.#end(
      subjects.map(({ subjectId }) => this.#failure(subjectId, error)),
    );
  }

  /** The collector has nothing to say of these any more. */
  async remove(subjects: readonly Taken[]): Promise<void> {
    if (subjects.length === 0) {
      return;
    }
    await this.#replace(
      subjects.map(({ subjectId }) => ({ subjectId, facts: [] })),
    );
    await this.#table.remove({
      collectorId: this.#settings.id,
      lease: this.#lease,
      subjectIds: subjects.map(({ subjectId }) => subjectId),
    });
  }

  /** @returns why facts were refused, by subject */
  async #replace(
    subjects: readonly { subjectId: number; facts: readonly CollectedFact[] }[],
  ): Promise<Map<number, string>> {
    const refused = new Map<number, string>();
    if (subjects.length === 0) {
      return refused;
    }
    const { id: collectorId } = this.#settings;
    const facts = subjects.flatMap(subject =>
      subject.facts.map(({ name, value, observedAt, source }) => ({
        subjectId: subject.subjectId,
        name,
        value,
        observedAt: observedAt?.getTime() ?? this.#startedAt,
        source: source ?? collectorId,
      })),
    );
    const results = await this.#facts.push(facts, {
      collectorId,
      replaceForCollector: {
        subjectIds: subjects.map(({ subjectId }) => subjectId),
      },
    });
    for (const [index, result] of results.entries()) {
      if (result.status === 'rejected') {
        const { name, subjectId } = facts[index];
        refused.set(
          subjectId,
          `${name.slice(0, 100)}: ${result.error.message}`,
        );
      }
    }
    return refused;
  }

  async #confirm(subjectIds: number[]): Promise<void> {
    if (subjectIds.length > 0) {
      await inTransaction(this.#knex, tx =>
        this.#facts.touch(tx, {
          collectorId: this.#settings.id,
          observedAt: this.#startedAt,
          subjectIds,
        }),
      );
      this.#wakeEvaluation();
    }
  }

  #failure(subjectId: number, error: unknown): Ended {
    const message = failureText(error);
    const retryAt = retryAtOf(error);
    return retryAt
      ? {
          subjectId,
          status: 'postponed',
          message,
          until: this.#pauses.limit(retryAt),
        }
      : { subjectId, status: 'failed', message };
  }

  async #end(ended: readonly Ended[]): Promise<void> {
    if (ended.length === 0) {
      return;
    }
    const until = Math.max(
      ...ended.map(item => (item.status === 'postponed' ? item.until : 0)),
    );
    if (until > 0) {
      await this.#pauses.pause(this.#settings.id, until);
    }
    await this.#table.end({
      settings: this.#settings,
      lease: this.#lease,
      ended,
    });
    this.#ended.push(...ended);
  }
}
