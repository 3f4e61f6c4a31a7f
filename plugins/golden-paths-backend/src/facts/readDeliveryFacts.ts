import { whereAny } from '@waymark/backend-support';
import { DeliveryFacts } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';

const DAY_MS = 86_400_000;
const WEEKS = 4;
const RATE_DAYS = 90;

interface DeploymentsRow {
  entity_id: number;
  tier: string;
  last_at: string | number;
  recent: string | number;
  counted: string | number;
  failed: string | number;
}

interface PathRow {
  entity_id: number;
  template_ref: string | null;
  version: string | null;
  verified: boolean | number;
  conformant: boolean | number;
  behind: boolean | number | null;
  deviations: string | number;
}

/**
 * What is known of the delivery of services, of many at a time.
 *
 * @returns by ref, of those that the catalog has
 * @internal
 */
export async function readDeliveryFacts(options: {
  knex: Knex;
  entityRefs: readonly string[];
  now: number;
}): Promise<Map<string, DeliveryFacts>> {
  const { knex, entityRefs, now } = options;
  const entities: { id: number; ref: string }[] = await whereAny(
    knex,
    knex('entities').whereNull('deleted_at'),
    'ref',
    entityRefs,
  ).select('id', 'ref');
  const ids = entities.map(({ id }) => id);
  const deployments = await readDeployments(knex, ids, now);
  const leadTimes = await readLeadTimes(knex, ids, now);
  const paths = await readPaths(knex, ids);
  const succeeded = await readPipelines(knex, ids, now);

  return new Map(
    entities.map(({ id, ref }) => {
      const own = deployments.filter(row => row.entity_id === id);
      const production = own.find(({ tier }) => tier === 'production');
      const staging = own.find(({ tier }) => tier === 'staging');
      const lasts = own.map(row => Number(row.last_at));
      return [
        ref,
        {
          lastDeploymentAt: time(lasts.length ? Math.max(...lasts) : undefined),
          lastProductionDeploymentAt: time(production?.last_at),
          lastStagingDeploymentAt: time(staging?.last_at),
          lastPipelineSuccessAt: time(succeeded.get(id)),
          deployments: Number(production?.counted ?? 0),
          deploymentsPerWeek: production && Number(production.recent) / WEEKS,
          changeLeadTimeHours: median(leadTimes.get(id) ?? []),
          changeFailRate:
            production && Number(production.counted) > 0
              ? Number(production.failed) / Number(production.counted)
              : undefined,
          path: paths.get(id),
        },
      ];
    }),
  );
}

async function readDeployments(
  knex: Knex,
  ids: number[],
  now: number,
): Promise<DeploymentsRow[]> {
  return whereAny(
    knex,
    knex('deployments')
      .where({ observed: true })
      .whereNot({ kind: 'removed' })
      .whereIn('tier', ['production', 'staging'])
      .where('deployed_at', '<=', now),
    'entity_id',
    ids,
  )
    .groupBy('entity_id', 'tier')
    .select(
      'entity_id',
      'tier',
      knex.raw('max(deployed_at) as last_at'),
      knex.raw('sum(case when deployed_at > ? then 1 else 0 end) as recent', [
        now - WEEKS * 7 * DAY_MS,
      ]),
      knex.raw('sum(case when deployed_at > ? then 1 else 0 end) as counted', [
        now - RATE_DAYS * DAY_MS,
      ]),
      knex.raw(
        'sum(case when deployed_at > ? and failed_at is not null then 1 else 0 end) as failed',
        [now - RATE_DAYS * DAY_MS],
      ),
    );
}

async function readPipelines(
  knex: Knex,
  ids: number[],
  now: number,
): Promise<Map<number, number>> {
  const rows: { entity_id: number; last_at: string | number }[] =
    await whereAny(
      knex,
      knex('pipeline_runs')
        .where({ outcome: 'success' })
        .where('finished_at', '<=', now),
      'entity_id',
      ids,
    )
      .groupBy('entity_id')
      .select('entity_id', knex.raw('max(finished_at) as last_at'));
  return new Map(rows.map(row => [row.entity_id, Number(row.last_at)]));
}

/** In milliseconds, by entity. */
async function readLeadTimes(
  knex: Knex,
  ids: number[],
  now: number,
): Promise<Map<number, number[]>> {
  const rows: {
    entity_id: number;
    merged_at: string | number;
    deployed_at: string | number;
  }[] = await whereAny(
    knex,
    knex('changes')
      .where('deployed_at', '>', now - RATE_DAYS * DAY_MS)
      .where('deployed_at', '<=', now),
    'entity_id',
    ids,
  ).select('entity_id', 'merged_at', 'deployed_at');
  const times = new Map<number, number[]>();
  for (const row of rows) {
    const own = times.get(row.entity_id) ?? [];
    own.push(Math.max(0, Number(row.deployed_at) - Number(row.merged_at)));
    times.set(row.entity_id, own);
  }
  return times;
}

async function readPaths(
  knex: Knex,
  ids: number[],
): Promise<Map<number, NonNullable<DeliveryFacts['path']>>> {
  const rows: PathRow[] = await whereAny(
    knex,
    knex('provenance')
      .leftJoin(
        'template_versions',
        'template_versions.template_ref',
        'provenance.template_ref',
      )
      .whereNotNull('provenance.checked_at'),
    'provenance.entity_id',
    ids,
  ).select(
    'provenance.entity_id',
    'provenance.template_ref',
    'provenance.version',
    'provenance.verified',
    'provenance.conformant',
    knex.raw('case when ?? <> ?? then 1 else 0 end as behind', [
      'provenance.version',
      'template_versions.version',
    ]),
    knex('deviations')
      .where('deviations.entity_id', knex.ref('provenance.entity_id'))
      .whereNot('deviations.kind', 'declared')
      .whereNot('deviations.state', 'approved')
      .count('*')
      .as('deviations'),
  );
  return new Map(
    rows.map(row => [
      row.entity_id,
      {
        template: row.template_ref ?? '',
        version: row.version ?? '',
        verified: Boolean(row.verified),
        conformant: Boolean(row.conformant),
        behind: Boolean(row.behind),
        deviations: Number(row.deviations),
      },
    ]),
  );
}

function time(value: string | number | undefined): string | undefined {
  return value === undefined
    ? undefined
    : new Date(Number(value)).toISOString();
}

/** Of milliseconds, in hours to one place. */
function median(values: number[]): number | undefined {
  if (values.length === 0) {
    return undefined;
  }
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const value =
    sorted.length % 2 === 1
      ? sorted[Math.floor(middle)]
      : (sorted[middle - 1] + sorted[middle]) / 2;
  return Math.round(value / 360_000) / 10;
}
