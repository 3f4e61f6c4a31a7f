import { whereAny } from '@waymark/backend-support';
import type { RulesReport } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { OUTCOME_CODES } from '../database/outcomeCodes';
import { counts } from '../evaluation/standing';
import { ReportScope } from './ReportScope';

type Blocking = NonNullable<RulesReport['rules'][number]['blocking']>;

/** What keeps an entity from a level. */
const OUTCOMES = ['fail', 'noData', 'error'] as const;

/**
 * For each rule that stands before a level: how many of the entities that are on
 * the level just below it keeps there.
 *
 * @returns by the id of the rule; without those that stand before nothing yet
 * @internal
 */
export async function countBlocked(options: {
  knex: Knex;
  scope: ReportScope;
  now: number;
}): Promise<ReadonlyMap<number, Blocking>> {
  const { knex, scope, now } = options;
  const rules = scope.scorecards.flatMap(scorecard =>
    scorecard.rules.filter(rule => rule.level > 0 && counts(rule, now)),
  );
  const query = knex('outcomes')
    .join('rules', 'rules.id', 'outcomes.rule_id')
    .join('standings', on =>
      on
        .on('standings.subject_id', 'outcomes.subject_id')
        .on('standings.scorecard_id', 'rules.scorecard_id'),
    )
    .whereIn(
      'outcomes.outcome',
      OUTCOMES.map(outcome => OUTCOME_CODES[outcome]),
    )
    .groupBy('outcomes.rule_id', 'outcomes.outcome', 'standings.level')
    .select<
      {
        rule_id: number;
        outcome: number;
        level: number;
        subjects: string | number;
      }[]
    >(
      'outcomes.rule_id',
      'outcomes.outcome',
      'standings.level',
      knex.raw('count(*) as subjects'),
    );
  whereAny(
    knex,
    query,
    'outcomes.rule_id',
    rules.map(({ id }) => id),
  );
  scope.narrow(query, 'outcomes.subject_id');

  const blocked = new Map<number, Blocking>(
    rules.map(({ id }) => [id, { fail: 0, noData: 0, error: 0 }]),
  );
  const levels = new Map(rules.map(({ id, level }) => [id, level]));
  for (const row of await query) {
    const outcome = OUTCOMES.find(each => OUTCOME_CODES[each] === row.outcome);
    const rule = blocked.get(row.rule_id);
    if (rule && outcome && levels.get(row.rule_id) === row.level + 1) {
      rule[outcome] = Number(row.subjects);
    }
  }
  return blocked;
}
