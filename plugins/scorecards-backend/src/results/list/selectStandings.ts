import { NarrowEntities } from '@waymark/backend-support';
import { Knex } from 'knex';
import { lastTransitions } from '../../database/lastTransitions';
import { OUTCOME_CODES } from '../../database/outcomeCodes';
import { ResultsFilter } from './ResultsQuery';

/** Of {@link selectStandings}. */
export const STANDING_COLUMNS = [
  'subjects.id',
  'subjects.ref',
  'subjects.title',
  'subjects.owner_ref',
  'subjects.system_ref',
  'subjects.deleted_at',
  'standing.level',
  'standing.through_exemption',
  'standing.score',
  'standing.since',
] as const;

/** A row of {@link selectStandings}. */
export interface StandingRow {
  id: number;
  ref: string;
  title: string | null;
  owner_ref: string | null;
  system_ref: string | null;
  deleted_at: string | number | null;
  level: number;
  through_exemption: boolean | number;
  score: number | null;
  since: string | number;
}

/**
 * The entities of a scorecard that are asked for, as `subjects`, with their
 * standing, as `standing`.
 *
 * @param options - `narrow`: to what the caller may read, and asks for
 * @internal
 */
export function selectStandings(options: {
  knex: Knex;
  narrow: NarrowEntities;
  query: ResultsFilter;
}): Knex.QueryBuilder {
  const { knex, narrow, query: wanted } = options;
  const { scorecard, asOf } = wanted;
  const columns = ['subject_id', 'level', 'through_exemption', 'score'];
  const standings =
    asOf === undefined
      ? knex('standings')
          .where({ scorecard_id: scorecard.id })
          .select(...columns, 'since')
      : lastTransitions({
          knex,
          table: 'standing_transitions',
          at: asOf,
          narrow: query => query.where({ scorecard_id: scorecard.id }),
        })
          .whereNotNull('level')
          .select(...columns, 'at as since');
  const query = knex
    .from(standings.as('standing'))
    .join('subjects', 'subjects.id', 'standing.subject_id');
  narrow(query, 'subjects.id');

  if (wanted.level !== undefined) {
    query.where('standing.level', wanted.level);
  }
  if (wanted.outcome) {
    narrowToOutcome(knex, query, wanted);
  }
  return query;
}

/** Some rule, or the one that was named, has or had the outcome. */
function narrowToOutcome(
  knex: Knex,
  query: Knex.QueryBuilder,
  { scorecard, ruleId, outcome, asOf }: ResultsFilter,
): void {
  const code = outcome ? OUTCOME_CODES[outcome] : null;
  const ruleIds =
    ruleId === undefined ? scorecard.rules.map(({ id }) => id) : [ruleId];
  if (asOf === undefined) {
    query.whereIn(
      'subjects.id',
      knex('outcomes')
        .whereIn('rule_id', ruleIds)
        .where('outcome', code)
        .select('subject_id'),
    );
    return;
  }
  // One step into the index per entity and rule, however long history is
  const last = knex('outcome_transitions as last')
    .where('last.subject_id', knex.ref('subjects.id'))
    .where('last.rule_id', knex.ref('rules.id'))
    .where('last.at', '<=', asOf)
    .orderBy([
      { column: 'last.at', order: 'desc' },
      { column: 'last.id', order: 'desc' },
    ])
    .limit(1)
    .select('last.outcome');
  query.whereExists(
    knex('rules')
      .whereIn('rules.id', ruleIds)
      .whereRaw('? = ?', [last, code])
      .select(knex.raw('1')),
  );
}
