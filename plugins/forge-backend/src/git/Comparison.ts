import { Diff } from './compare';
import { ConflictingFile } from './merge';
import { Commit } from './types';

/**
 * What stands between a branch and its being merged.
 *
 * @internal
 */
export type MergeState =
  | { kind: 'mergeable'; baseCommit: string; headCommit: string }
  | { kind: 'merged' }
  | { kind: 'conflict'; files: readonly ConflictingFile[] }
  | { kind: 'unrelated' }
  /** At least one side is no branch. */
  | { kind: 'fixed' };

/** @internal */
export interface Comparison {
  base: string;
  head: string;
  ahead: number;
  behind: number;
  /** What head has and base has not; the newest of them. */
  commits: readonly Commit[];
  diff: Diff;
  merge: MergeState;
}
