import { NarrowEntities } from '@waymark/backend-support';
import { Knex } from 'knex';
import { lastPathWeek } from './lastPathWeek';

/** Services that follow a template and have a version of it, verified ones alone. */
export interface Followers {
  version: string;
  services: number;
  behind: number;
}

/**
 * Which versions of templates services have, in the last week that is known until
 * then; the most frequent first.
 *
 * @internal
 */
export async function readFollowers(options: {
  knex: Knex;
  narrow: NarrowEntities;
  /** The last week. */
  week: string;
  templateRefs: readonly string[];
}): Promise<ReadonlyMap<string, Followers[]>> {
  const { knex, narrow, week, templateRefs } = options;
  const query = knex('path_weeks')
    .where('path_weeks.week', await lastPathWeek(knex, week))
    .where('path_weeks.verified', true)
    .whereIn('path_weeks.template_ref', templateRefs)
    .groupBy('path_weeks.template_ref', 'path_weeks.version')
    .orderBy([
      { column: 'services', order: 'desc' },
      { column: 'path_weeks.version' },
    ])
    .select<
      {
        template_ref: string;
        version: string | null;
        services: string | number;
        behind: string | number;
      }[]
    >(
      'path_weeks.template_ref',
      'path_weeks.version',
      knex.raw('count(*) as services'),
      knex.raw('count(case when behind then 1 end) as behind'),
    );
  narrow(query, 'path_weeks.entity_id');
  const found = new Map<string, Followers[]>();
  for (const row of await query) {
    found.set(row.template_ref, [
      ...(found.get(row.template_ref) ?? []),
      {
        version: row.version ?? '',
        services: Number(row.services),
        behind: Number(row.behind),
      },
    ]);
  }
  return found;
}
