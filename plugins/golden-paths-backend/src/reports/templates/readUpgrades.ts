import { whereAny } from '@waymark/backend-support';
import { TemplateService } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { isoTime } from '../../calendar/isoTime';
import { webAddress } from '../webAddress';

type Upgrade = NonNullable<TemplateService['upgrade']>;

/**
 * What was proposed last to services that they take a version, or is being proposed.
 *
 * @returns by ref of the service
 * @internal
 */
export async function readUpgrades(options: {
  knex: Knex;
  entityRefs: readonly string[];
  version: string;
}): Promise<ReadonlyMap<string, Upgrade>> {
  const { knex, entityRefs, version } = options;
  const rows = await whereAny(
    knex,
    knex('scaffolder_runs')
      .where(known =>
        known
          .where('upgrades_to', version)
          .orWhereIn('status', ['open', 'processing']),
      )
      .orderBy([
        { column: 'created_at', order: 'asc' },
        { column: 'task_id', order: 'asc' },
      ])
      .select<
        {
          upgrades_ref: string;
          upgrades_to: string | null;
          change_url: string | null;
          created_at: string | number;
        }[]
      >('upgrades_ref', 'upgrades_to', 'change_url', 'created_at'),
    'upgrades_ref',
    entityRefs,
  );
  // Of several, the latest
  return new Map(
    rows.map(row => [
      row.upgrades_ref,
      {
        state: row.upgrades_to === null ? 'running' : 'proposed',
        at: isoTime(row.created_at),
        url: webAddress(row.change_url ?? undefined),
      },
    ]),
  );
}
