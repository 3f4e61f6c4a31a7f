import { RULE_OUTCOMES, RulesReport } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { OUTCOME_CODES } from '../database/outcomeCodes';
import { countBlocked } from './blockingRules';
import { ReportScope } from './ReportScope';

/**
 * Outcomes per rule.
 *
 * @param options - `blocking`: also how many entities each rule keeps from a level
 * @internal
 */
export async function rulesReport(options: {
  knex: Knex;
  scope: ReportScope;
  now: number;
  blocking?: boolean;
}): Promise<RulesReport> {
  const { knex, scope, now } = options;
  const query = knex('outcomes')
    .groupBy('rule_id', 'outcome')
    .select<{ rule_id: number; outcome: number; subjects: string | number }[]>(
      'rule_id',
      'outcome',
      knex.raw('count(*) as subjects'),
    );
  narrowRules(query, scope);
  scope.narrow(query, 'outcomes.subject_id');

  const counts = new Map<string, number>();
  for (const { rule_id, outcome, subjects } of await query) {
    counts.set(`${rule_id} ${outcome}`, Number(subjects));
  }
  const blocked = options.blocking
    ? await countBlocked({ knex, scope, now })
    : undefined;
  return {
    rules: scope.scorecards.flatMap(scorecard =>
      scorecard.rules.map(rule => ({
        scorecardRef: scorecard.ref,
        ruleId: rule.key,
        title: rule.title,
        level: scorecard.levels[rule.level - 1]?.id,
        outcomes: Object.fromEntries(
          RULE_OUTCOMES.map(outcome => [
            outcome,
            counts.get(`${rule.id} ${OUTCOME_CODES[outcome]}`) ?? 0,
          ]),
        ) as RulesReport['rules'][number]['outcomes'],
        blocking: blocked?.get(rule.id),
      })),
    ),
  };
}

/**
 * Leaves out the rules of other scorecards, when there are any: to tell them
 * apart costs more than to count them.
 *
 * @internal
 */
export function narrowRules(
  query: Knex.QueryBuilder,
  scope: ReportScope,
): void {
  if (scope.someScorecards) {
    query.whereIn(
      'outcomes.rule_id',
      scope.scorecards.flatMap(({ rules }) => rules.map(({ id }) => id)),
    );
  }
}
