import { insertRows } from '@waymark/backend-support';
import { Knex } from 'knex';
import { LONGEST_PAUSE_MS } from './collectionTimes';

const PREFIX = 'collector-pause:';
const SHORTEST_PAUSE_MS = 1_000;

/**
 * Collectors whose source asked to be left alone, on all replicas.
 *
 * @internal
 */
export class CollectorPauses {
  readonly #clock: () => number;
  readonly #knex: Knex;

  constructor(options: { clock: () => number; knex: Knex }) {
    this.#clock = options.clock;
    this.#knex = options.knex;
  }

  /** Until when; only those for which that lies ahead. */
  async read(): Promise<Map<string, number>> {
    const now = this.#clock();
    const rows: { key: string; value: string }[] = await this.#knex('progress')
      .where('key', 'like', `${PREFIX}%`)
      .select('key', 'value');
    return new Map(
      rows
        .map(
          ({ key, value }) =>
            [key.slice(PREFIX.length), Number(value)] as const,
        )
        // Further ahead than any: the clock that wrote it was wrong
        .filter(([, until]) => until > now && until <= now + LONGEST_PAUSE_MS),
    );
  }

  /** What a source asks for, as far as it gets it. */
  limit(retryAt: Date): number {
    const now = this.#clock();
    const wanted = retryAt.getTime();
    return Math.min(
      Math.max(
        Number.isFinite(wanted) ? Math.ceil(wanted) : 0,
        now + SHORTEST_PAUSE_MS,
      ),
      now + LONGEST_PAUSE_MS,
    );
  }

  /** @param until - from {@link CollectorPauses.limit} */
  async pause(collectorId: string, until: number): Promise<void> {
    await insertRows(this.#knex, {
      table: 'progress',
      columns: ['key', 'value'],
      rows: [[`${PREFIX}${collectorId}`, String(until)]],
      onConflict: { columns: ['key'], merge: ['value'] },
    });
  }
}
