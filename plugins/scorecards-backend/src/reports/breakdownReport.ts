import { BreakdownReport } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { LevelTally } from './LevelTally';
import { Places } from './places';
import { placeRows } from './placeRows';
import { ReportScope } from './ReportScope';
import { rowPage, RowPageRequest } from './rowPage';

/**
 * Who stands on which level of each scorecard, by group with all below it, system or
 * domain.
 *
 * @returns `next`: the position for the page after it
 * @internal
 */
export async function breakdownReport(options: {
  by: BreakdownReport['by'];
  knex: Knex;
  page: RowPageRequest;
  places: Places;
  scope: ReportScope;
}): Promise<{ report: BreakdownReport; next: RowPageRequest['after'] }> {
  const { by, knex, places, scope } = options;
  const counts = await countLevels(knex, scope, places.column);
  const rows = placeRows(
    new Set(counts.flatMap(({ ref }) => places.of(ref ?? undefined))),
    places,
  );
  const scorecards = scope.scorecards.map(({ ref, title, levels }) => ({
    scorecardRef: ref,
    title,
    levels,
  }));
  const page = rowPage({
    ...options.page,
    rows,
    bytesPerRow: scope.scorecards
      .flatMap(({ levels }) => levels)
      // `{"level":"…","entities":10000},`
      .reduce((sum, { id }) => sum + id.length + 30, 70 * scorecards.length),
    bytesAround: JSON.stringify(scorecards).length,
  });

  const tallies = new Map(
    page.rows.map(({ ref }) => [
      ref,
      new Map(scope.scorecards.map(({ id }) => [id, new LevelTally()])),
    ]),
  );
  for (const count of counts) {
    for (const place of places.of(count.ref ?? undefined)) {
      tallies
        .get(place)
        ?.get(count.scorecard_id)
        ?.add({
          level: count.level,
          subjects: Number(count.subjects),
          scored: Number(count.scored),
          scoreSum: count.score_sum ?? 0,
        });
    }
  }
  return {
    report: {
      by,
      scorecards,
      totalRows: rows.length,
      rows: page.rows.map(row => ({
        ...row,
        scorecards: scope.scorecards.map(scorecard => {
          const tally = tallies.get(row.ref)?.get(scorecard.id);
          return {
            entities: tally?.entities(scorecard) ?? [],
            meanScore: tally?.meanScore,
          };
        }),
      })),
    },
    next: page.next,
  };
}

async function countLevels(knex: Knex, scope: ReportScope, column: string) {
  const query = knex('standings')
    .join('subjects', 'subjects.id', 'standings.subject_id')
    .whereIn(
      'standings.scorecard_id',
      scope.scorecards.map(({ id }) => id),
    )
    .groupBy(column, 'scorecard_id', 'level')
    .select<
      {
        ref: string | null;
        scorecard_id: number;
        level: number;
        subjects: string | number;
        scored: string | number;
        score_sum: number | null;
      }[]
    >(
      `${column} as ref`,
      'scorecard_id',
      'level',
      knex.raw(
        'count(*) as subjects, count(score) as scored, sum(score) as score_sum',
      ),
    );
  scope.narrow(query, 'standings.subject_id');
  return query;
}
