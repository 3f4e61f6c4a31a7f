import { whereAny } from '@waymark/backend-support';
import { CollectorControl } from '@waymark/plugin-scorecards-node';
import { Knex } from 'knex';
import { CollectionPlan } from './CollectionPlan';

/** What may follow where a part of an address ends. */
const BOUNDARIES = ['/', '?', '#', ':'];

/**
 * Lets a collector say that it has news, for all replicas.
 *
 * @internal
 */
export class DatabaseCollectorControl implements CollectorControl {
  readonly #collectorId: string;
  readonly #knex: Knex;
  readonly #plan: CollectionPlan;
  readonly #wake: () => void;

  constructor(options: {
    collectorId: string;
    knex: Knex;
    plan: CollectionPlan;
    wake(): void;
  }) {
    this.#collectorId = options.collectorId;
    this.#knex = options.knex;
    this.#plan = options.plan;
    this.#wake = options.wake;
  }

  async refresh(options: { entityRefs: string[] }): Promise<void> {
    const refs = options.entityRefs.map(ref => ref.toLocaleLowerCase('en-US'));
    await this.#plan.makeDue(this.#collectorId, query =>
      whereAny(this.#knex, query.from('subjects').select('id'), 'ref', refs),
    );
    this.#wake();
  }

  async refreshByAnnotation(options: {
    annotation: string;
    valuePrefix: string;
  }): Promise<void> {
    const key = `metadata.annotations.${options.annotation}`.toLowerCase();
    const prefix = options.valuePrefix.toLowerCase();
    const pattern = prefix.replace(/[\\%_]/g, '\\$&');
    const patterns = BOUNDARIES.some(end => prefix.endsWith(end))
      ? [`${pattern}%`]
      : BOUNDARIES.map(end => `${pattern}${end}%`);
    await this.#plan.makeDue(this.#collectorId, query => {
      query
        .from('subject_search')
        .select('subject_id')
        .where({ key })
        .where(values => {
          // Null is a value that was too long to be kept: it may be one
          values.whereNull('value').orWhere({ value: prefix });
          for (const text of patterns) {
            values.orWhereRaw(`value like ? escape '\\'`, [text]);
          }
        });
    });
    this.#wake();
  }
}
