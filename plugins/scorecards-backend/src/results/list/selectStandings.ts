import { Knex } from 'knex';
import { lastTransitions } from '../../database/lastTransitions';
import { OUTCOME_CODES } from '../../database/outcomeCodes';
import { SubjectFilter } from '../../permissions/SubjectFilter';
import { ResultsQuery } from './ResultsQuery';

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
 * The entities of a scorecard that are asked for and that the caller may read, as
 * `subjects`, with their standing, as `standing`.
 *
 * @internal
 */
export function selectStandings(options: {
  knex: Knex;
  filter: SubjectFilter;
  query: Omit<ResultsQuery, 'sort'>;
}): Knex.QueryBuilder {
  const { knex, filter, query: wanted } = options;
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
  filter(query, 'subjects.id');

  if (wanted.level !== undefined) {
    query.where('standing.level', wanted.level);
  }
  if (wanted.ownerRefs) {
    query.whereIn('subjects.owner_ref', [...wanted.ownerRefs]);
  }
  if (wanted.systemRef !== undefined) {
    query.where('subjects.system_ref', wanted.systemRef);
  }
  if (wanted.outcome) {
    query.whereIn('subjects.id', subjectsWithOutcome(knex, wanted));
  }
  return query;
}

function subjectsWithOutcome(
  knex: Knex,
  { scorecard, ruleId, outcome, asOf }: Omit<ResultsQuery, 'sort'>,
): Knex.QueryBuilder {
  const ruleIds =
    ruleId === undefined ? scorecard.rules.map(({ id }) => id) : [ruleId];
  const rows =
    asOf === undefined
      ? knex('outcomes').whereIn('rule_id', ruleIds)
      : lastTransitions({
          knex,
          table: 'outcome_transitions',
          at: asOf,
          narrow: query => query.whereIn('rule_id', ruleIds),
        });
  return rows
    .where('outcome', outcome ? OUTCOME_CODES[outcome] : null)
    .select('subject_id');
}
