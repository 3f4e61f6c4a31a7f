import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { RunRow, toRun } from './runRows';
import { ScaffolderRun } from './ScaffolderRun';

/**
 * The runs that made entities: of several, the first one.
 *
 * @internal
 */
export async function findRunsOf(
  knex: Knex | Knex.Transaction,
  entityRefs: readonly string[],
): Promise<Map<string, ScaffolderRun>> {
  const rows: RunRow[] = await whereAny(
    knex,
    knex('scaffolder_runs').where({ creates: true }),
    'entity_ref',
    entityRefs,
  )
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'task_id', order: 'desc' },
    ])
    .select('*');
  return new Map(
    rows.flatMap(row => (row.entity_ref ? [[row.entity_ref, toRun(row)]] : [])),
  );
}
