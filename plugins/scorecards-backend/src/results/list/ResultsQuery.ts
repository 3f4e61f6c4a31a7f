import { entityRefSchema } from '@waymark/backend-support';
import { RuleOutcome } from '@waymark/plugin-scorecards-common';
import { z } from 'zod';
import { ScorecardDefinition } from '../../scorecards/ScorecardDefinition';

/** What the rows of a list are ordered by; a dash means the largest first. */
export const RESULT_SORTS = [
  'name',
  '-name',
  'level',
  '-level',
  'score',
  '-score',
] as const;

/**
 * Which entities of a scorecard are asked for, by how they stand on it.
 *
 * @internal
 */
export interface ResultsFilter {
  scorecard: ScorecardDefinition;
  /** In milliseconds; absent: now. */
  asOf?: number;
  /** 0 is no level. */
  level?: number;
  /** With an outcome: only those of that rule. */
  ruleId?: number;
  outcome?: RuleOutcome;
}

/**
 * The same, in an order.
 *
 * @internal
 */
export interface ResultsQuery extends ResultsFilter {
  sort: (typeof RESULT_SORTS)[number];
}

/** Where a page ended: what it was ordered by, and the ref of its last entity. */
export type ResultsPosition = [key: number | null, ref: string];

const KEY_SCHEMAS = {
  name: z.null(),
  '-name': z.null(),
  level: z.int32(),
  '-level': z.int32(),
  score: z.number(),
  '-score': z.number(),
};

/**
 * A position of a list in this order, as the database compares it. Anybody can make
 * up a cursor.
 *
 * @internal
 */
export function positionSchema(
  sort: ResultsQuery['sort'],
): z.ZodType<ResultsPosition> {
  return z.tuple([KEY_SCHEMAS[sort], entityRefSchema()]);
}
