import { InputError } from '@backstage/errors';
import { HeatmapReport } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { HeatmapRow } from './HeatmapRow';
import { readPlaces } from './places';
import { ReportScope } from './ReportScope';
import { narrowRules } from './rulesReport';
import { SubjectFilter } from '../permissions/SubjectFilter';

/** About 2 MB of JSON, and more than anybody looks at. */
const MAX_CELLS = 50_000;

/**
 * Groups with all below them, systems or domains against rules.
 *
 * @internal
 * @throws InputError when it would be too large to look at
 */
export async function heatmapReport(options: {
  by: HeatmapReport['by'];
  filter: SubjectFilter;
  knex: Knex;
  scope: ReportScope;
}): Promise<HeatmapReport> {
  const { by, filter, knex, scope } = options;
  const rules = scope.scorecards.flatMap(scorecard =>
    scorecard.rules.map(rule => ({ scorecardRef: scorecard.ref, rule })),
  );
  const column = by === 'group' ? 'subjects.owner_ref' : 'subjects.system_ref';
  const [places, cells, entities] = await Promise.all([
    readPlaces({ by, filter, knex }),
    countCells(knex, scope, column),
    countEntities(knex, scope, column),
  ]);

  const rows = new Map<string | undefined, HeatmapRow>();
  const rowsOf = (ref: string | null) =>
    places.of(ref ?? undefined).map(place => {
      const row = rows.get(place) ?? new HeatmapRow(rules.length);
      rows.set(place, row);
      return row;
    });
  for (const each of entities) {
    rowsOf(each.ref).forEach(row => row.addEntities(each));
  }
  if (rows.size * rules.length > MAX_CELLS) {
    throw new InputError(
      `scorecard: name some; ${rows.size} rows and ${rules.length} rules are more than ${MAX_CELLS} cells`,
    );
  }
  const depthOf = (ref: string | undefined) =>
    by === 'group' && ref !== undefined
      ? places.of(ref).filter(place => place !== ref && rows.has(place)).length
      : 0;
  const columns = new Map(rules.map(({ rule }, index) => [rule.id, index]));
  for (const each of cells) {
    const index = columns.get(each.rule_id);
    if (index !== undefined) {
      rowsOf(each.ref).forEach(row => row.addCell(index, each));
    }
  }
  return {
    by,
    rules: rules.map(({ scorecardRef, rule }) => ({
      scorecardRef,
      ruleId: rule.key,
      title: rule.title,
    })),
    totalRows: rows.size,
    rows: [...rows]
      .sort(([a], [b]) => compare(a, b))
      .map(([ref, row]) => ({
        ...(ref !== undefined && {
          ref,
          title: places.title(ref),
          parent: places.parent(ref),
        }),
        depth: depthOf(ref),
        ...row.toJSON(),
      })),
  };
}

/** By ref; those that belong nowhere come last. */
function compare(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) {
    return a === b ? 0 : Number(a === undefined) - Number(b === undefined);
  }
  return a < b ? -1 : 1;
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
