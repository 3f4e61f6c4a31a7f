import { InputError } from '@backstage/errors';
import { NONE, pastSchema, selectionShape } from '@waymark/backend-support';
import { RuleOutcome } from '@waymark/plugin-scorecards-common';
import { z } from 'zod';
import { outcomeSchema, ruleIdSchema } from '../../http/schemas';
import { ScorecardDefinition } from '../../scorecards/ScorecardDefinition';
import { ResultsFilter } from './ResultsQuery';

/**
 * The fields of a query by which lists and files of entities choose them.
 *
 * @internal
 */
export function resultsShape(now: () => number) {
  return {
    ...selectionShape,
    level: z.string().max(63).optional(),
    rule: ruleIdSchema.optional(),
    outcome: outcomeSchema.optional(),
    asOf: pastSchema(now).optional(),
  };
}

/**
 * What was asked for, in the ids of the scorecard.
 *
 * @internal
 * @throws InputError when it has no such level or rule
 */
export function toResultsFilter(
  scorecard: ScorecardDefinition,
  asked: {
    level?: string;
    rule?: string;
    outcome?: RuleOutcome;
    asOf?: number;
  },
): ResultsFilter {
  return {
    scorecard,
    asOf: asked.asOf,
    level: levelOf(scorecard, asked.level),
    ruleId: ruleOf(scorecard, asked),
    outcome: asked.outcome,
  };
}

function levelOf(
  { levels }: ScorecardDefinition,
  id: string | undefined,
): number | undefined {
  if (id === undefined) {
    return undefined;
  }
  if (id === NONE) {
    return 0;
  }
  const index = levels.findIndex(level => level.id === id);
  if (index < 0) {
    throw new InputError(`level: there is no level ${id}`);
  }
  return index + 1;
}

function ruleOf(
  { rules }: ScorecardDefinition,
  { rule: key, outcome }: { rule?: string; outcome?: RuleOutcome },
): number | undefined {
  if (key === undefined) {
    return undefined;
  }
  if (!outcome) {
    throw new InputError('outcome: is needed with a rule');
  }
  const rule = rules.find(each => each.key === key);
  if (!rule) {
    throw new InputError(`rule: there is no rule ${key}`);
  }
  return rule.id;
}
