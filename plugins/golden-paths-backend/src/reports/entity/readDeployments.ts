import {
  DeploymentRow,
  EntityDelivery,
} from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import {
  DeploymentRecord,
  deploymentRecords,
  toDeploymentRow,
} from './DeploymentRecord';

const MAX_DEPLOYMENTS = 100;

/** An entity has few; a sender that makes up names must not fill the page. */
const MAX_ENVIRONMENTS = 50;

const LATEST = ['deployments.deployed_at', 'deployments.event_sequence'].map(
  column => ({ column, order: 'desc' }),
);

/**
 * The deployments of an entity, the latest first.
 *
 * @internal
 */
export async function readDeployments(options: {
  knex: Knex;
  entityId: number;
  /** Milliseconds. */
  from: number;
  to: number;
}): Promise<DeploymentRow[]> {
  const { knex, entityId, from, to } = options;
  const rows: DeploymentRecord[] = await deploymentRecords(knex('deployments'))
    .where('deployments.entity_id', entityId)
    .where('deployments.deployed_at', '>=', from)
    .where('deployments.deployed_at', '<', to)
    .orderBy(LATEST)
    .limit(MAX_DEPLOYMENTS);
  return rows.map(toDeploymentRow);
}

/**
 * What runs where, as far as it was observed; only of environments that nobody
 * observes, what is claimed.
 *
 * @internal
 */
export async function readEnvironments(
  knex: Knex,
  entityId: number,
): Promise<EntityDelivery['environments']> {
  const ranked = knex('deployments')
    .where({ entity_id: entityId })
    .select(
      'deployments.*',
      knex.raw(
        'row_number() over (partition by environment order by observed desc, deployed_at desc, event_sequence desc) as place',
      ),
      knex.raw(
        'lead(artifact) over (partition by environment, observed order by deployed_at desc, event_sequence desc) as previous_artifact',
      ),
    );
  const rows: (DeploymentRecord & { previous_artifact: string | null })[] =
    await deploymentRecords(knex.from(ranked.as('deployments')))
      .where('deployments.place', 1)
      .whereNot('deployments.kind', 'removed')
      .orderBy(LATEST)
      .limit(MAX_ENVIRONMENTS);
  return rows.map(row => ({
    ...toDeploymentRow(row),
    previousArtifact: row.previous_artifact ?? undefined,
  }));
}
