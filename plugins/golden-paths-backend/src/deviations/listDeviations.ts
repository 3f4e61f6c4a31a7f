import { EntityFilter, toMillis } from '@waymark/backend-support';
import { Deviation, DeviationState } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { selectDeviations } from './selectDeviations';
import { DeviationRecord, toDeviation } from './toDeviation';

/**
 * Which deviations are asked for.
 *
 * @internal
 */
export interface DeviationFilter {
  state?: DeviationState;
  templateRef?: string;
  entityRef?: string;
}

/** Where a page ended: since when its last one is there, and its id. */
export const deviationPositionSchema = z.tuple([
  z.int().nonnegative(),
  z.string().regex(/^[0-9a-f]{32}$/),
]);

/**
 * A page of deviations, the latest first.
 *
 * @param options - `access`: of the caller; `select`: gets a query on `entities`, to
 * leave out those that are not asked for
 * @internal
 */
export async function listDeviations(options: {
  knex: Knex;
  access: EntityFilter;
  filter: DeviationFilter;
  select?: (query: Knex.QueryBuilder) => void;
  after?: z.output<typeof deviationPositionSchema>;
  limit: number;
}): Promise<{
  items: Deviation[];
  totalItems: number;
  next?: z.output<typeof deviationPositionSchema>;
}> {
  const { after, limit } = options;
  const page = selectDeviations(matching(options))
    .orderBy([
      { column: 'deviations.since', order: 'desc' },
      { column: 'deviations.id', order: 'desc' },
    ])
    .limit(limit + 1);
  if (after) {
    const [since, id] = after;
    page.where(later =>
      later
        .where('deviations.since', '<', since)
        .orWhere(same =>
          same.where('deviations.since', since).where('deviations.id', '<', id),
        ),
    );
  }
  const rows: DeviationRecord[] = await page;
  const [{ count }] = await matching(options).count({ count: '*' });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(toDeviation),
    totalItems: Number(count),
    ...(rows.length > limit &&
      last && { next: [toMillis(last.since) ?? 0, last.id] }),
  };
}

/**
 * One deviation, if it is there for the caller.
 *
 * @internal
 */
export async function findDeviation(options: {
  knex: Knex | Knex.Transaction;
  access: EntityFilter;
  id: string;
}): Promise<{ deviation: Deviation; entityId: number } | undefined> {
  const { knex, access, id } = options;
  const row: DeviationRecord | undefined = await selectDeviations(
    matching({ knex, access, filter: {} }).where('deviations.id', id),
  ).first();
  return row && { deviation: toDeviation(row), entityId: row.entity_id };
}

function matching(options: {
  knex: Knex | Knex.Transaction;
  access: EntityFilter;
  filter: DeviationFilter;
  select?: (query: Knex.QueryBuilder) => void;
}): Knex.QueryBuilder {
  const { knex, access, filter, select } = options;
  const { state, templateRef, entityRef } = filter;
  const query = knex('deviations')
    .join('entities', 'entities.id', 'deviations.entity_id')
    .whereNull('entities.deleted_at')
    .where({
      ...(state && { 'deviations.state': state }),
      ...(templateRef && { 'deviations.template_ref': templateRef }),
      ...(entityRef && { 'entities.ref': entityRef }),
    });
  access(query, 'deviations.entity_id');
  select?.(query);
  return query;
}
