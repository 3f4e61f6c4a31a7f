import { countFitting, isPostgres, whereAny } from '@waymark/backend-support';
import {
  EntityNextSteps,
  NextStepsReport,
} from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { OUTCOME_CODES } from '../database/outcomeCodes';
import { OUTCOME_OF_CODE } from '../evaluation/outcomeOfCode';
import { counts, nextSteps } from '../evaluation/standing';
import { ScorecardDefinition } from '../scorecards/ScorecardDefinition';
import { ReportScope } from './ReportScope';

/** What stands in the way of a level. */
const BLOCKING = [
  OUTCOME_CODES.fail,
  OUTCOME_CODES.noData,
  OUTCOME_CODES.error,
];

/** More than a scorecard may have rules: those of one level are one digit. */
const BASE = 128;

interface Pair {
  subject_id: number;
  scorecard_id: number;
  total: string | number;
  level: number;
  ref: string;
  title: string | null;
  owner_ref: string | null;
}

/**
 * What stands between entities and their next level, those with the fewest steps
 * first, of those the ones with the fewest steps after that.
 *
 * @internal
 */
export async function nextStepsReport(options: {
  knex: Knex;
  scope: ReportScope;
  now: number;
  limit: number;
}): Promise<NextStepsReport> {
  const { knex, scope, now } = options;
  const scorecards = new Map(scope.scorecards.map(each => [each.id, each]));
  const pairs = await readPairs(options);
  const outcomes = await readBlocking(
    knex,
    pairs.map(({ subject_id }) => subject_id),
  );
  const items = pairs.flatMap(pair => {
    const scorecard = scorecards.get(pair.scorecard_id);
    const blocking = outcomes.get(pair.subject_id) ?? new Map();
    return (scorecard && toNextSteps({ pair, scorecard, blocking, now })) ?? [];
  });
  return {
    totalItems: Number(pairs[0]?.total ?? 0),
    items: items.slice(0, countFitting(items)),
  };
}

/** Subjects and scorecards with the fewest steps. */
async function readPairs(options: {
  knex: Knex;
  scope: ReportScope;
  now: number;
  limit: number;
}): Promise<Pair[]> {
  const { knex, scope, now, limit } = options;
  const places = scope.scorecards.flatMap(({ id, levels, rules }) =>
    rules
      .filter(rule => rule.level > 0 && counts(rule, now))
      .map(rule => [
        rule.id,
        id,
        // As digits of a number, the lowest level first: one pass over the outcomes
        // tells how many steps there are to the lowest level that is blocked
        BASE ** (levels.length - rule.level),
      ]),
  );
  const blocked = knex('outcomes')
    .join(placeSource(knex, places), 'place.rule_id', 'outcomes.rule_id')
    .whereIn('outcomes.outcome', BLOCKING)
    .groupBy('outcomes.subject_id', 'place.scorecard_id')
    .select(
      'outcomes.subject_id',
      'place.scorecard_id',
      // 2.5: two steps, and after them some of the next level but one
      knex.raw('1.0 * sum(place.unit) / max(place.unit) as steps'),
    );
  scope.narrow(blocked, 'outcomes.subject_id');
  const order = ['steps', 'subject_id', 'scorecard_id'];
  const first = knex
    .from(blocked.as('blocked'))
    .orderBy(order)
    .limit(limit)
    .select('blocked.*', knex.raw('count(*) over () as total'));
  // Names only of those that are shown
  return knex
    .from(first.as('first'))
    .join('standings', join =>
      join
        .on('standings.subject_id', 'first.subject_id')
        .andOn('standings.scorecard_id', 'first.scorecard_id'),
    )
    .join('subjects', 'subjects.id', 'first.subject_id')
    .orderBy(order.map(column => `first.${column}`))
    .select<Pair[]>(
      'first.subject_id',
      'first.scorecard_id',
      'first.total',
      'standings.level',
      'subjects.ref',
      'subjects.title',
      'subjects.owner_ref',
    );
}

/** The rules that count, as a table: few bindings, however many they are. */
function placeSource(knex: Knex, rows: readonly number[][]): Knex.Raw {
  if (isPostgres(knex)) {
    return knex.raw(
      'unnest(?::int[], ?::int[], ?::float8[]) as place (rule_id, scorecard_id, unit)',
      [0, 1, 2].map(column => rows.map(row => row[column])),
    );
  }
  return knex.raw(
    '(select value ->> 0 as rule_id, value ->> 1 as scorecard_id, value ->> 2 as unit from json_each(?)) as place',
    [JSON.stringify(rows)],
  );
}

async function readBlocking(
  knex: Knex,
  subjectIds: readonly number[],
): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>> {
  const rows: { subject_id: number; rule_id: number; outcome: number }[] =
    await whereAny(knex, knex('outcomes'), 'subject_id', [
      ...new Set(subjectIds),
    ])
      .whereIn('outcome', BLOCKING)
      .select('subject_id', 'rule_id', 'outcome');
  const outcomes = new Map<number, Map<number, number>>();
  for (const { subject_id, rule_id, outcome } of rows) {
    const ofSubject = outcomes.get(subject_id) ?? new Map();
    outcomes.set(subject_id, ofSubject.set(rule_id, outcome));
  }
  return outcomes;
}

function toNextSteps(options: {
  pair: Pair;
  scorecard: ScorecardDefinition;
  blocking: ReadonlyMap<number, number>;
  now: number;
}): EntityNextSteps | undefined {
  const { pair, scorecard, blocking, now } = options;
  const found = scorecard.rules.flatMap(rule => {
    const code = blocking.get(rule.id);
    return code === undefined ? [] : [{ rule, outcome: OUTCOME_OF_CODE[code] }];
  });
  const next = nextSteps({
    rules: found.map(({ rule }) => rule),
    outcomes: found.map(({ outcome }) => outcome),
    now,
  });
  return (
    next && {
      entityRef: pair.ref,
      title: pair.title ?? undefined,
      owner: pair.owner_ref ?? undefined,
      scorecardRef: scorecard.ref,
      scorecardTitle: scorecard.title,
      levels: scorecard.levels,
      level: scorecard.levels[pair.level - 1]?.id,
      nextLevel: scorecard.levels[next.level - 1].id,
      steps: next.rules.map(index => {
        const { rule, outcome } = found[index];
        return { ruleId: rule.key, title: rule.title, outcome };
      }),
    }
  );
}
