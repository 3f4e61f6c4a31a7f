import { Entity } from '@backstage/catalog-model';
import { EvaluationResponse } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';

/**
 * What one collector came to when it was asked out of turn.
 *
 * @internal
 */
export type CollectorReport = EvaluationResponse['collectors'][number];

/**
 * Has collectors look at entities: on their schedule, when an entity changes, and
 * when somebody asks. Any number of replicas share the work through the table
 * `collections`.
 *
 * @internal
 */
export interface CollectorRunner {
  /**
   * A listener of the catalog, called inside its transaction: what changed is due
   * at once. Call {@link CollectorRunner.wake} after the commit.
   */
  onEntities(
    tx: Knex.Transaction,
    changes: {
      upserted: readonly { id: number; entity: Entity }[];
      deleted: readonly { id: number; ref: string }[];
    },
  ): Promise<void>;

  /** Something is due; looks at once instead of within a second. */
  wake(): void;

  /**
   * Has all collectors that are there for these subjects look at them now, and
   * waits for them, though not for longer than `waitMs`: who is slower goes on by
   * itself. What was found is stored and due for evaluation when it returns.
   *
   * @returns one report per collector, in the order of their titles
   */
  collectNow(
    subjectIds: readonly number[],
    options?: { waitMs?: number },
  ): Promise<CollectorReport[]>;

  start(): Promise<void>;

  /** Ends calls that run, and gives back what they had taken. */
  stop(): Promise<void>;
}
