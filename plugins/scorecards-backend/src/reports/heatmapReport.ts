import { HeatmapReport } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { HeatmapRow } from './HeatmapRow';
import { Places } from './places';
import { placeRows } from './placeRows';
import { ReportScope } from './ReportScope';
import { rowPage, RowPageRequest } from './rowPage';
import { narrowRules } from './rulesReport';

/** `{"pass":10000,"fail":10000,"noData":10000,"exempt":10000,"other":10000},` */
const CELL_BYTES = 75;

/**
 * Groups with all below them, systems or domains against rules.
 *
 * @returns `next`: the position for the page after it
 * @internal
 */
export async function heatmapReport(options: {
  by: HeatmapReport['by'];
  knex: Knex;
  page: RowPageRequest;
  places: Places;
  scope: ReportScope;
}): Promise<{ report: HeatmapReport; next: RowPageRequest['after'] }> {
  const { by, knex, places, scope } = options;
  const [cells, entities] = await Promise.all([
    countCells(knex, scope, places.column),
    countEntities(knex, scope, places.column),
  ]);
  const rules = scope.scorecards.flatMap(({ ref, rules: all }) =>
    all.map(({ key, title }) => ({ scorecardRef: ref, ruleId: key, title })),
  );
  const rows = placeRows(
    new Set(entities.flatMap(({ ref }) => places.of(ref ?? undefined))),
    places,
  );
  const page = rowPage({
    ...options.page,
    rows,
    bytesPerRow: CELL_BYTES * rules.length,
    bytesAround: JSON.stringify(rules).length,
  });

  const shown = new Map(
    page.rows.map(({ ref }) => [ref, new HeatmapRow(rules.length)]),
  );
  const rowsOf = (ref: string | null) =>
    places.of(ref ?? undefined).flatMap(place => shown.get(place) ?? []);
  for (const each of entities) {
    rowsOf(each.ref).forEach(row => row.addEntities(each));
  }
  const columns = new Map(
    scope.scorecards
      .flatMap(scorecard => scorecard.rules)
      .map(({ id }, index) => [id, index]),
  );
  for (const each of cells) {
    const index = columns.get(each.rule_id);
    if (index !== undefined) {
      rowsOf(each.ref).forEach(row => row.addCell(index, each));
    }
  }
  return {
    report: {
      by,
      rules,
      totalRows: rows.length,
      rows: page.rows.map(row => ({
        ...row,
        ...(shown.get(row.ref) ?? new HeatmapRow(rules.length)).toJSON(),
      })),
    },
    next: page.next,
  };
}

async function countCells(knex: Knex, scope: ReportScope, column: string) {
  // One count per outcome: a count of each outcome per cell takes half as long again
  const query = knex('outcomes')
    .join('subjects', 'subjects.id', 'outcomes.subject_id')
    .groupBy(column, 'rule_id', 'outcome')
    .select<
      {
        ref: string | null;
        rule_id: number;
        outcome: number;
        entities: string | number;
      }[]
    >(
      `${column} as ref`,
      'rule_id',
      'outcome',
      knex.raw('count(*) as ??', ['entities']),
    );
  narrowRules(query, scope);
  scope.narrow(query, 'subjects.id');
  return query;
}

async function countEntities(knex: Knex, scope: ReportScope, column: string) {
  const perSubject = knex('standings')
    .join('subjects', 'subjects.id', 'standings.subject_id')
    .whereIn(
      'standings.scorecard_id',
      scope.scorecards.map(({ id }) => id),
    )
    .groupBy('standings.subject_id', column)
    .select({
      ref: column,
      scored: knex.raw('count(score)'),
      score_sum: knex.raw('sum(score)'),
    });
  scope.narrow(perSubject, 'subjects.id');
  return knex.from(perSubject.as('per_subject')).groupBy('ref').select<
    {
      ref: string | null;
      entities: string | number;
      scored: string | number | null;
      score_sum: number | null;
    }[]
  >('ref', knex.raw('count(*) as entities, sum(scored) as scored, sum(score_sum) as score_sum'));
}
