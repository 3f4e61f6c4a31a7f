import { EvaluationBatch } from './RuleEvaluator';

/**
 * What a thread is asked to do. What it finds out goes into memory that both
 * sides see, so that it is not lost with the thread.
 *
 * @internal
 */
export interface EvaluationJob {
  batch: EvaluationBatch;
  /** The first subject that is left to do. */
  from: number;
  /** Rules that are not evaluated any more, with the reason. */
  failedRules: ReadonlyMap<number, string>;
  /** Subjects that are not read any more, with the reason. */
  failedSubjects: ReadonlyMap<number, string>;
  /** Outcomes of which it is not asked any more whether there is one, with the reason. */
  failedSelections: ReadonlyMap<number, string>;
  progress: SharedArrayBuffer;
  outcomes: SharedArrayBuffer;
  expiresAt: SharedArrayBuffer;
}

/**
 * What the thread says.
 *
 * @internal
 */
export type EvaluationMessage =
  /** By the index of the outcome. */
  | { type: 'details'; details: [index: number, detail: string][] }
  | { type: 'done' }
  | { type: 'failed'; message: string };
