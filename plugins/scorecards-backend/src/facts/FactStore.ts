import { JsonValue } from '@backstage/types';
import { PushFactsResponse } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';

/**
 * A fact about to be stored.
 *
 * @internal
 */
export interface NewFact {
  subjectId: number;
  name: string;
  value: JsonValue;
  observedAt: number;
  source: string;
}

/** @internal */
export type FactResult = PushFactsResponse['items'][number];

/**
 * A fact as it is, or as it was.
 *
 * @internal
 */
export interface StoredFact {
  name: string;
  /** JSON, with the keys of objects in order. */
  value: string;
  /** Since when the source says so. */
  firstObservedAt: number;
  /** When the source last said so. */
  observedAt: number;
  source: string;
  /** Absent for pushed facts. */
  collectorId: string | undefined;
  /** The version of the subject from which on it holds. */
  version: number;
}

/**
 * Keeps the latest fact of each name about each subject, and earlier ones as far
 * as an outcome was decided by them.
 *
 * @internal
 */
export interface FactStore {
  /**
   * Stores facts, each unless a later observation is there; what became of each,
   * in their order. Subjects of which something changed are due then.
   */
  push(
    facts: NewFact[],
    options?: {
      /** Absent for pushed facts. */
      collectorId?: string;
      /** All that the collector says about these subjects is among the facts: what
       * it said earlier goes. */
      replaceForCollector?: { subjectIds: number[] };
      /** Given, the caller commits, and then calls `wake` of the evaluation queue. */
      tx?: Knex.Transaction;
    },
  ): Promise<FactResult[]>;

  /** The source says that nothing changed: all facts of the collector are observed now. */
  touch(
    tx: Knex.Transaction,
    options: { subjectIds: number[]; collectorId: string; observedAt: number },
  ): Promise<void>;

  /** The facts of subjects as they are, by the id of the subject. */
  read(
    subjectIds: number[],
    tx?: Knex.Transaction,
  ): Promise<Map<number, StoredFact[]>>;
}
