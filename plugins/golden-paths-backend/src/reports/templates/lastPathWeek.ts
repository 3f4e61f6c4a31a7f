import { Knex } from 'knex';

/**
 * The last week until then of which is known how services stood: it stands for all
 * that follow. Without one, the week itself, of which nothing is known.
 *
 * @internal
 */
export async function lastPathWeek(knex: Knex, until: string): Promise<string> {
  const [{ latest }] = await knex('path_weeks')
    .where('week', '<=', until)
    .max({ latest: 'week' });
  return latest ?? until;
}
