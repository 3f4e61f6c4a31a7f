import { Knex } from 'knex';
import { readGeneration } from './definitionLock';
import { readDefinitions } from './readDefinitions';
import { ScorecardDefinition } from './ScorecardDefinition';
import { ScorecardRegistry } from './ScorecardRegistry';

/**
 * The scorecards, kept in memory as long as the database says that they are the
 * same.
 *
 * @internal
 */
export class DatabaseScorecardRegistry implements ScorecardRegistry {
  #known?: {
    generation: string;
    all: readonly ScorecardDefinition[];
    inForce: readonly ScorecardDefinition[];
  };

  async inForce(tx: Knex): Promise<readonly ScorecardDefinition[]> {
    return (await this.#load(tx)).inForce;
  }

  async all(tx: Knex): Promise<readonly ScorecardDefinition[]> {
    return (await this.#load(tx)).all;
  }

  async asOf(tx: Knex, at: number): Promise<readonly ScorecardDefinition[]> {
    const rows: { id: number; revision_id: number }[] = await tx(
      'scorecard_revisions as r',
    )
      .join('scorecards as s', 's.id', 'r.scorecard_id')
      .where('r.created_at', '<=', at)
      .where(present =>
        present.whereNull('s.deleted_at').orWhere('s.deleted_at', '>', at),
      )
      .groupBy('s.id')
      .orderBy('s.id')
      .select('s.id')
      .max({ revision_id: 'r.id' });
    return readDefinitions(
      tx,
      // Standings of that time were written by these levels or earlier, equal ones
      rows.map(row => ({ ...row, levels_revision_id: row.revision_id })),
    );
  }

  async #load(tx: Knex) {
    // First, so that what is read afterwards is at least as new as it says
    const generation = await readGeneration(tx);
    if (this.#known?.generation === generation) {
      return this.#known;
    }
    const all = await readDefinitions(
      tx,
      await tx('scorecards')
        .whereNull('deleted_at')
        .orderBy('id')
        .select('id', 'revision_id', 'levels_revision_id'),
    );
    this.#known = {
      generation,
      all,
      inForce: all.filter(({ lifecycle }) => lifecycle !== 'retired'),
    };
    return this.#known;
  }
}
