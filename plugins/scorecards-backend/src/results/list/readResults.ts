import {
  EntityFilter,
  NarrowEntities,
  readTitles,
  toMillis,
  whereAny,
} from '@waymark/backend-support';
import {
  RuleOutcome,
  ScorecardResultRow,
} from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { lastTransitions } from '../../database/lastTransitions';
import { OUTCOME_OF_CODE } from '../../evaluation/outcomeOfCode';
import { toStanding } from '../toStanding';
import { ResultsPosition, ResultsQuery } from './ResultsQuery';
import {
  selectStandings,
  STANDING_COLUMNS,
  StandingRow,
} from './selectStandings';

/** Of JSON: what a browser gets in one piece. */
const MAX_PAGE_BYTES = 200_000;

/** Of a row without its outcomes: refs may be long. */
const ROW_BYTES = 700;

const SCORE = 'sort_score';

/** Without a score comes before 0: databases do not agree where null belongs. */
const SCORE_SQL = 'coalesce(standing.score, -1)';

/**
 * One row per entity.
 *
 * @param options - `filter`: of the caller; `narrow`: to what they may read and ask
 * for; `after`: the position of the page before; `limit`: there may be fewer, when a
 * scorecard has many rules
 * @returns `next`: the position for the page after it
 * @internal
 */
export async function readResults(options: {
  knex: Knex;
  filter: EntityFilter;
  narrow: NarrowEntities;
  query: ResultsQuery;
  after?: ResultsPosition;
  limit: number;
}): Promise<{
  items: ScorecardResultRow[];
  next?: ResultsPosition;
  totalItems?: number;
}> {
  const { knex, filter, query, after } = options;
  const { scorecard } = query;
  const limit = Math.min(options.limit, rowsPerPage(scorecard.rules));
  const [column, direction] = orderOf(query.sort);
  const page = selectStandings(options)
    .orderBy(
      column
        ? [
            { column, order: direction },
            { column: 'subjects.ref', order: 'asc' },
          ]
        : [{ column: 'subjects.ref', order: direction }],
    )
    .limit(limit + 1)
    .select(...STANDING_COLUMNS);
  if (column === SCORE) {
    page.select(knex.raw(`${SCORE_SQL} as ??`, [SCORE]));
  }
  if (after) {
    narrowToAfter({ knex, page, column, direction, after });
  }
  const [rows, [total]]: [StandingRow[], { total: string | number }[]] =
    await Promise.all([
      page,
      after
        ? Promise.resolve([])
        : selectStandings(options).count({ total: '*' }),
    ]);

  const shown = rows.slice(0, limit);
  const [outcomes, titles] = await Promise.all([
    readOutcomes(
      knex,
      query,
      shown.map(({ id }) => id),
    ),
    readTitles({
      knex,
      filter,
      refs: shown.flatMap(row =>
        [row.owner_ref ?? [], row.system_ref ?? []].flat(),
      ),
    }),
  ]);
  const last = shown[shown.length - 1];
  return {
    items: shown.map(row => ({
      entityRef: row.ref,
      ...(row.title !== null && { title: row.title }),
      ...(row.owner_ref !== null && {
        owner: row.owner_ref,
        ownerTitle: titles.get(row.owner_ref),
      }),
      ...(row.system_ref !== null && {
        system: row.system_ref,
        systemTitle: titles.get(row.system_ref),
      }),
      standing: toStanding(
        {
          level: row.level,
          throughExemption: Boolean(row.through_exemption),
          score: row.score ?? undefined,
          since: toMillis(row.since),
        },
        scorecard,
      ),
      outcomes: outcomes.get(row.id) ?? {},
    })),
    ...(rows.length > limit && {
      next: [keyOf(last, column), last.ref] as ResultsPosition,
    }),
    ...(total && { totalItems: Number(total.total) }),
  };
}

function rowsPerPage(rules: readonly { key: string }[]): number {
  const bytes = rules.reduce(
    // `"key":"notApplicable",`
    (sum, { key }) => sum + key.length + 19,
    ROW_BYTES,
  );
  return Math.max(1, Math.floor(MAX_PAGE_BYTES / bytes));
}

function orderOf(
  sort: ResultsQuery['sort'],
): [column: string | undefined, direction: 'asc' | 'desc'] {
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  switch (sort) {
    case 'level':
    case '-level':
      return ['standing.level', direction];
    case 'score':
    case '-score':
      return [SCORE, direction];
    default:
      return [undefined, direction];
  }
}

function keyOf(row: StandingRow, column: string | undefined): number | null {
  if (column === undefined) {
    return null;
  }
  return column === SCORE ? row.score ?? -1 : row.level;
}

function narrowToAfter(options: {
  knex: Knex;
  page: Knex.QueryBuilder;
  column: string | undefined;
  direction: 'asc' | 'desc';
  after: ResultsPosition;
}): void {
  const { knex, page, column, direction, after } = options;
  const [key, ref] = after;
  const beyond = direction === 'asc' ? '>' : '<';
  if (column === undefined) {
    page.where('subjects.ref', beyond, ref);
    return;
  }
  const expression = knex.raw(column === SCORE ? SCORE_SQL : column);
  page.where(either =>
    either
      .whereRaw(`? ${beyond} ?`, [expression, key])
      .orWhere(same =>
        same
          .whereRaw('? = ?', [expression, key])
          .where('subjects.ref', '>', ref),
      ),
  );
}

async function readOutcomes(
  knex: Knex,
  { scorecard, asOf }: ResultsQuery,
  subjectIds: readonly number[],
): Promise<Map<number, { [ruleKey: string]: RuleOutcome }>> {
  const keys = new Map(scorecard.rules.map(({ id, key }) => [id, key]));
  const narrow = (query: Knex.QueryBuilder) => {
    whereAny(knex, query, 'subject_id', subjectIds);
    whereAny(knex, query, 'rule_id', [...keys.keys()]);
  };
  const rows: { subject_id: number; rule_id: number; outcome: number }[] =
    await (asOf === undefined
      ? knex('outcomes').modify(narrow)
      : lastTransitions({
          knex,
          table: 'outcome_transitions',
          at: asOf,
          narrow,
        }).whereNotNull('outcome')
    ).select('subject_id', 'rule_id', 'outcome');

  const outcomes = new Map<number, { [ruleKey: string]: RuleOutcome }>();
  for (const row of rows) {
    const key = keys.get(row.rule_id);
    if (key !== undefined) {
      const ofSubject = outcomes.get(row.subject_id) ?? {};
      outcomes.set(row.subject_id, ofSubject);
      ofSubject[key] = OUTCOME_OF_CODE[row.outcome];
    }
  }
  return outcomes;
}
