import { Knex } from 'knex';
import { ScorecardDefinition } from './ScorecardDefinition';

/**
 * The scorecards.
 *
 * @internal
 */
export interface ScorecardRegistry {
  /**
   * Those in force, drafts included, retired ones not. Asked inside the
   * transaction that uses them: one cheap query tells whether they have changed.
   */
  inForce(tx: Knex): Promise<readonly ScorecardDefinition[]>;
  /** Also retired ones, as long as they are in the catalog. */
  all(tx: Knex): Promise<readonly ScorecardDefinition[]>;
  /**
   * As they were at a time, by the id of the scorecard: those that were in the
   * catalog then, by what their revision of that time says. What has been
   * deleted since is there too.
   */
  asOf(tx: Knex, at: number): Promise<readonly ScorecardDefinition[]>;
}
