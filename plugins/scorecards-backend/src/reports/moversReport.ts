import { isPostgres, toMillis } from '@waymark/backend-support';
import { Mover, MoversReport } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { ScorecardDefinition } from '../scorecards/ScorecardDefinition';
import { ReportScope } from './ReportScope';

const DAY_MS = 86_400_000;

interface MoverRow {
  way: 'up' | 'down' | 'joined' | 'left';
  total: string | number;
  place: string | number;
  ref: string;
  title: string | null;
  owner_ref: string | null;
  from_level: number | null;
  to_level: number | null;
  at: string | number;
  through_exemption: boolean | number | null;
}

/**
 * Who is on another level than at the end of a day. Once there are other levels, who
 * moved before that is not told: the levels of then cannot be compared.
 *
 * @param options - `scope`: of one scorecard; `from`: days since 1970; `limit`: of
 * each direction
 * @internal
 */
export async function moversReport(options: {
  knex: Knex;
  scope: ReportScope;
  from: number;
  limit: number;
}): Promise<MoversReport> {
  const { knex, scope, from, limit } = options;
  const [scorecard] = scope.scorecards;
  const after = (from + 1) * DAY_MS - 1;
  const moves = (await hadTheseLevels(knex, scorecard, after))
    ? movesBetweenLevels({ knex, scope, scorecard, after })
    : movesSinceLevels({ knex, scope, scorecard, after });
  const rows = await readMoves({ knex, scorecard, moves, limit });

  const count = (way: MoverRow['way']) =>
    Number(rows.find(row => row.way === way)?.total ?? 0);
  return {
    scorecardRef: scorecard.ref,
    from: new Date(from * DAY_MS).toISOString().slice(0, 10),
    up: count('up'),
    down: count('down'),
    joined: count('joined'),
    left: count('left'),
    items: rows.flatMap(row => toMover(row, scorecard) ?? []),
  };
}

/** Whether the levels have been the same ever since. */
async function hadTheseLevels(
  knex: Knex,
  { levelsRevisionId }: ScorecardDefinition,
  after: number,
): Promise<boolean> {
  const row = await knex('scorecard_revisions')
    .where({ id: levelsRevisionId })
    .where('created_at', '<=', after)
    .first('id');
  return row !== undefined;
}

/** Per subject where it was at the time, and when it was last elsewhere than before. */
function movesBetweenLevels(options: {
  knex: Knex;
  scope: ReportScope;
  scorecard: ScorecardDefinition;
  after: number;
}): Knex.QueryBuilder {
  const { knex, scope, scorecard, after } = options;
  const distinct = isPostgres(knex) ? 'is distinct from' : 'is not';
  const moved = knex('standing_transitions')
    .where({ scorecard_id: scorecard.id })
    .where('at', '>', after)
    .whereRaw(`level ${distinct} previous_level`)
    .groupBy('subject_id')
    .select('subject_id')
    .min({ first_id: 'id' })
    .max({ at: 'at' });
  scope.narrow(moved, 'standing_transitions.subject_id');
  return knex
    .from(moved.as('moved'))
    .join('standing_transitions as first', 'first.id', 'moved.first_id')
    .select('moved.subject_id', 'moved.at', {
      from_level: 'first.previous_level',
    });
}

/**
 * The same, when there have been other levels until after that time: from where it
 * was first placed on the new ones.
 */
function movesSinceLevels(options: {
  knex: Knex;
  scope: ReportScope;
  scorecard: ScorecardDefinition;
  after: number;
}): Knex.QueryBuilder {
  const { knex, scope, scorecard, after } = options;
  const placed = knex('standing_transitions')
    .where({ scorecard_id: scorecard.id })
    .where('at', '>', after)
    .where(either =>
      either
        .where({ scorecard_revision_id: scorecard.levelsRevisionId })
        .orWhereNull('level'),
    )
    .groupBy('subject_id')
    .select('subject_id')
    .min({ first_id: 'id' })
    .max({
      at: knex.raw('case when level <> previous_level then at end'),
    });
  scope.narrow(placed, 'standing_transitions.subject_id');
  return knex
    .from(placed.as('moved'))
    .join('standing_transitions as first', 'first.id', 'moved.first_id')
    .select(
      'moved.subject_id',
      'moved.at',
      knex.raw(
        'case when first.previous_level is null then null else coalesce(first.level, first.previous_level) end as from_level',
      ),
    );
}

/** The latest of each way, with how many there are. */
async function readMoves(options: {
  knex: Knex;
  scorecard: ScorecardDefinition;
  moves: Knex.QueryBuilder;
  limit: number;
}): Promise<MoverRow[]> {
  const { knex, scorecard, moves, limit } = options;
  const ways = knex
    .from(moves.as('move'))
    .leftJoin('standings', join =>
      join
        .on('standings.subject_id', 'move.subject_id')
        .andOnVal('standings.scorecard_id', scorecard.id),
    )
    .select(
      'move.subject_id',
      'move.at',
      'move.from_level',
      'standings.level as to_level',
      'standings.through_exemption',
      knex.raw(`case
        when move.from_level is null then case when standings.level is null then null else 'joined' end
        when standings.level is null then 'left'
        when standings.level > move.from_level then 'up'
        when standings.level < move.from_level then 'down' end as way`),
    );
  const ranked = knex
    .from(ways.as('ways'))
    .whereNotNull('way')
    .select(
      'ways.*',
      knex.raw(
        'count(*) over (partition by way) as total, row_number() over (partition by way order by at desc, subject_id) as place',
      ),
    );
  return knex
    .from(ranked.as('ranked'))
    .join('subjects', 'subjects.id', 'ranked.subject_id')
    .where('place', '<=', limit)
    .orderBy([{ column: 'at', order: 'desc' }, { column: 'subjects.ref' }])
    .select<MoverRow[]>(
      'ranked.*',
      'subjects.ref',
      'subjects.title',
      'subjects.owner_ref',
    );
}

function toMover(
  row: MoverRow,
  { levels }: ScorecardDefinition,
): Mover | undefined {
  if (row.way !== 'up' && row.way !== 'down') {
    return undefined;
  }
  const levelOf = (level: number | null) =>
    level ? levels[level - 1]?.id : undefined;
  return {
    entityRef: row.ref,
    title: row.title ?? undefined,
    owner: row.owner_ref ?? undefined,
    direction: row.way,
    fromLevel: levelOf(row.from_level),
    toLevel: levelOf(row.to_level),
    at: new Date(toMillis(row.at)).toISOString(),
    throughExemption: Boolean(row.through_exemption),
  };
}
