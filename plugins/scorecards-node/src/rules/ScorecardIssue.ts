/**
 * What is wrong with a scorecard.
 *
 * @public
 */
export interface ScorecardIssue {
  /** Where: `spec.rules[3].check`. */
  path: string;
  /** For expressions: the column in it, from 1. */
  column?: number;
  /** For expressions of several lines: the line in it, from 1; absent for the first. */
  expressionLine?: number;
  /** A sentence for the person who mends it, without a full stop. */
  reason: string;
}
