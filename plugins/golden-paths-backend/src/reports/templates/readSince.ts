import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';

/**
 * Since which week services have had the version of their path that they have in a
 * week, without a break: the first one that is known.
 *
 * @returns Mondays, by id of the service
 * @internal
 */
export async function readSince(options: {
  knex: Knex;
  week: string;
  entityIds: readonly number[];
}): Promise<ReadonlyMap<number, string>> {
  const { knex, week, entityIds } = options;
  const others = knex('path_weeks as other')
    .where('other.entity_id', knex.ref('now.entity_id'))
    .where('other.week', '<', week)
    .where(different =>
      different
        .whereRaw(`coalesce(other.template_ref, '') <> now.template_ref`)
        .orWhereRaw(`coalesce(other.version, '') <> coalesce(now.version, '')`),
    )
    .max('other.week');
  const held = knex('path_weeks as held')
    .where('held.entity_id', knex.ref('now.entity_id'))
    .where('held.week', '<=', week)
    .whereRaw(`held.week > coalesce((?), '')`, [others])
    .min('held.week');
  const query = knex('path_weeks as now')
    .where('now.week', week)
    .select<{ entity_id: number; since: string }[]>(
      'now.entity_id',
      knex.raw('(?) as since', [held]),
    );
  const rows = await whereAny(knex, query, 'now.entity_id', entityIds);
  return new Map(rows.map(row => [row.entity_id, row.since]));
}
