import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Measure } from '../derive/Derived';
import { GroupColumn, OWNER } from './groupKeys';

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
 * @param options - `parts`: of the entities; `spans`: which weeks; `byOwner`: of
 * each owner by itself, named in a column `owner` — the parts are then those of
 * owners
 * @internal
 */
export function rollupCells(options: {
  knex: Knex;
  parts: RollupParts;
  measures: readonly Measure[];
  spans: readonly WeekRange[];
  byOwner?: boolean;
}): Knex.QueryBuilder {
  const { knex, measures, spans, byOwner = false } = options;
  const { groups, added, removed } = options.parts;
  const cellsOf = (
    table: 'group_rollups' | 'rollups',
    ids: readonly number[],
    sign: 1 | -1,
  ) => {
    const query = whereAny(
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
    if (byOwner && table === 'rollups') {
      query
        .join('entities', 'entities.id', 'entity_id')
        .select(knex.raw(`${OWNER} as owner`));
    } else if (byOwner) {
      query
        .join('rollup_groups', 'rollup_groups.id', 'group_id')
        .select('owner');
    }
    return query;
  };
  const parts = [
    ...(groups.length > 0 ? [cellsOf('group_rollups', groups, 1)] : []),
    ...(removed.length > 0 ? [cellsOf('rollups', removed, -1)] : []),
    // One there has to be
    ...(added.length > 0 || groups.length === 0
      ? [cellsOf('rollups', added, 1)]
      : []),
  ];
  const [first, ...others] = parts;
  const cell = [...(byOwner ? ['owner'] : []), 'measure', 'week', 'bucket'];
  return knex
    .from((others.length > 0 ? first.unionAll(others) : first).as('parts'))
    .groupBy(cell)
    .havingRaw('sum(counted) <> 0')
    .select(...cell, knex.raw('sum(counted) as counted'));
}

/**
 * Finds out of what the sums of some entities are made.
 *
 * @param column - of the sums over all owners, or of those of each
 * @internal
 */
export async function rollupParts(
  knex: Knex,
  ids: readonly number[],
  column: GroupColumn = 'rollup_group',
): Promise<RollupParts> {
  const parts: RollupParts = { groups: [], added: [], removed: [] };
  if (ids.length === 0) {
    return parts;
  }
  const isWanted = () => whereAny(knex, knex('entities'), 'id', ids);
  const [all, inside] = await Promise.all([
    countMembers(knex('entities'), column),
    countMembers(isWanted(), column),
  ]);
  const others: number[] = [];
  for (const [group, count] of inside) {
    // What is left out is subtracted; more than half is not worth it
    const isTaken = (all.get(group) ?? count) - count < count;
    (isTaken ? parts.groups : others).push(group);
  }
  const partial = parts.groups.filter(
    group => inside.get(group) !== all.get(group),
  );
  if (partial.length > 0) {
    parts.removed = await knex('entities')
      .whereIn(column, partial)
      .whereNotIn('id', isWanted().select('id'))
      .pluck('id');
  }
  if (others.length > 0) {
    parts.added = await isWanted().whereIn(column, others).pluck('id');
  }
  return parts;
}

async function countMembers(
  query: Knex.QueryBuilder,
  column: GroupColumn,
): Promise<ReadonlyMap<number, number>> {
  const rows: { group: number; members: string | number }[] = await query
    .whereNotNull(column)
    .groupBy(column)
    .select({ group: column })
    .count({ members: '*' });
  return new Map(rows.map(row => [row.group, Number(row.members)]));
}
