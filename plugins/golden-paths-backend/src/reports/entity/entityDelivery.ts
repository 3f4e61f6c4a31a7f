import { EntityDelivery } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { Weeks } from '../../calendar/Weeks';
import { readFirstStepsOf } from '../firstSteps/readFirstStepsOf';
import { ReportSettings } from '../ReportSettings';
import { ReportPeriod, timesOf } from '../scope/ReportPeriod';
import { ReportScope } from '../scope/ReportScope';
import { summaryReport } from '../summary/summaryReport';
import { readDeployments, readEnvironments } from './readDeployments';
import { readIncidents } from './readIncidents';
import { readMissing } from './readMissing';
import { readProvenance } from './readProvenance';

/**
 * All that is known of the delivery of one entity.
 *
 * @param options - `scope`: of the entity alone
 * @internal
 */
export async function entityDelivery(options: {
  knex: Knex;
  entityRef: string;
  scope: ReportScope;
  period: ReportPeriod;
  settings: ReportSettings;
  weeks: Weeks;
  now: number;
}): Promise<EntityDelivery> {
  const { knex, entityRef, scope, period, weeks } = options;
  const [entityId] = scope.services;
  const span = { knex, entityId, ...timesOf(period, weeks) };
  const [
    { metrics },
    environments,
    deployments,
    incidents,
    firstSteps,
    provenance,
    missing,
  ] = await Promise.all([
    summaryReport(options),
    readEnvironments(knex, entityId),
    readDeployments(span),
    readIncidents(span),
    readFirstStepsOf(knex, entityId),
    readProvenance(knex, { id: entityId, ref: entityRef }),
    readMissing(knex, entityId),
  ]);
  return {
    entityRef,
    environments,
    metrics,
    deployments,
    incidents,
    firstSteps,
    provenance,
    missing,
  };
}
