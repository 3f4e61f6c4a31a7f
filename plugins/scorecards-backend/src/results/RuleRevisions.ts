import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { RuleRevisionContent } from '../scorecards/RuleRevisionContent';

const MAX_REVISIONS = 10_000;

/**
 * What rules said when they were evaluated. Revisions never change, so that they
 * are read once.
 *
 * @internal
 */
export class RuleRevisions {
  readonly #knex: Knex;
  readonly #known = new Map<number, RuleRevisionContent>();

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Those that are there, by their id. */
  async get(
    ids: Iterable<number>,
  ): Promise<ReadonlyMap<number, RuleRevisionContent>> {
    const found = new Map<number, RuleRevisionContent>();
    const missing: number[] = [];
    for (const id of new Set(ids)) {
      const known = this.#known.get(id);
      if (known) {
        found.set(id, known);
      } else {
        missing.push(id);
      }
    }
    if (missing.length > 0) {
      const rows: { id: number; definition: string }[] = await whereAny(
        this.#knex,
        this.#knex('rule_revisions').select('id', 'definition'),
        'id',
        missing,
      );
      for (const { id, definition } of rows) {
        const content: RuleRevisionContent = JSON.parse(definition);
        found.set(id, content);
        this.#known.set(id, content);
      }
      for (const oldest of this.#known.keys()) {
        if (this.#known.size <= MAX_REVISIONS) {
          break;
        }
        this.#known.delete(oldest);
      }
    }
    return found;
  }
}
