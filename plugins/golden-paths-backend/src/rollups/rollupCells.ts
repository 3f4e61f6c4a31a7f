import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Measure } from '../derive/Derived';

/** Weeks from the first to the last, by their Mondays. */
export interface WeekRange {
  first: string;
  last: string;
}

/** Of what the sums of some entities are made. */
export interface RollupParts {
  /** Groups whose sums are taken. */
  groups: number[];
  /** Entities in none of them. */
  added: number[];
  /** Entities that are in one of them, and not asked for. */
  removed: number[];
}

/**
 * The rollups of some entities, added up: a query with the columns `measure`, `week`,
 * `bucket` and `counted`. Where that is less to read, it takes the sums of a whole
 * group and subtracts the few that are not asked for.
 *
 * @param options - `parts`: of the entities; `spans`: which weeks
 * @internal
 */
export function rollupCells(options: {
  knex: Knex;
  parts: RollupParts;
  measures: readonly Measure[];
  spans: readonly WeekRange[];
}): Knex.QueryBuilder {
  const { knex, measures, spans } = options;
  const { groups, added, removed } = options.parts;
  const cellsOf = (
    table: 'group_rollups' | 'rollups',
    ids: readonly number[],
    sign: 1 | -1,
  ) =>
    whereAny(
      knex,
      knex(table),
      table === 'rollups' ? 'entity_id' : 'group_id',
      ids,
    )
      .whereIn('measure', measures)
      .where(any => {
        for (const { first, last } of spans) {
          any.orWhereBetween('week', [first, last]);
        }
      })
      .select(
        'measure',
        'week',
        'bucket',
        knex.raw(sign > 0 ? 'count as counted' : '-count as counted'),
      );
  const parts = [
    ...(groups.length > 0 ? [cellsOf('group_rollups', groups, 1)] : []),
    ...(removed.length > 0 ? [cellsOf('rollups', removed, -1)] : []),
    // One there has to be
    ...(added.length > 0 || groups.length === 0
      ? [cellsOf('rollups', added, 1)]
      : []),
  ];
  const [first, ...others] = parts;
  return knex
    .from((others.length > 0 ? first.unionAll(others) : first).as('parts'))
    .groupBy('measure', 'week', 'bucket')
    .havingRaw('sum(counted) <> 0')
    .select('measure', 'week', 'bucket', knex.raw('sum(counted) as counted'));
}

/**
 * Finds out of what the sums of some entities are made.
 *
 * @internal
 */
export async function rollupParts(
  knex: Knex,
  ids: readonly number[],
): Promise<RollupParts> {
  const wanted = new Set(ids);
  const parts: RollupParts = { groups: [], added: [], removed: [] };
  const rows: { id: number; rollup_group: number }[] = await knex('entities')
    .whereIn(
      'rollup_group',
      whereAny(knex, knex('entities'), 'id', ids)
        .whereNotNull('rollup_group')
        .distinct('rollup_group'),
    )
    .select('id', 'rollup_group');
  const members = new Map<number, number[]>();
  for (const { id, rollup_group: group } of rows) {
    const ofGroup = members.get(group) ?? [];
    members.set(group, ofGroup);
    ofGroup.push(id);
  }
  for (const [group, all] of members) {
    const inside = all.filter(id => wanted.has(id));
    const outside = all.filter(id => !wanted.has(id));
    if (outside.length < inside.length) {
      parts.groups.push(group);
      parts.removed.push(...outside);
    } else {
      parts.added.push(...inside);
    }
  }
  return parts;
}
