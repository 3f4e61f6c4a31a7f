import {
  AuditorService,
  HttpAuthService,
  LifecycleService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Router } from 'express';
import { Knex } from 'knex';
import { ScorecardMetrics } from '../metrics/ScorecardMetrics';
import { EntityAccess } from '../permissions/EntityAccess';
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { WorkerRuleEvaluator } from '../rules/WorkerRuleEvaluator';
import { createPreviewsRouter } from './createPreviewsRouter';
import { Previews } from './Previews';

/**
 * Previews, with their route. They have a thread of their own: what somebody
 * tries is kept from holding up, or giving a bad name to, rules that are in force.
 *
 * @internal
 */
export function createPreviews(options: {
  access: EntityAccess;
  auditor: AuditorService;
  database: Knex;
  httpAuth: HttpAuthService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  metrics: ScorecardMetrics;
  now: () => number;
  permissions: PermissionsService;
  readable: ReadableScorecards;
}): { previews: Previews; router: Router } {
  const { httpAuth, lifecycle, logger } = options;
  const rules = new WorkerRuleEvaluator({ logger, maxThreads: 1 });
  lifecycle.addShutdownHook(() => rules.close());
  const previews = new Previews({ ...options, rules });
  return { previews, router: createPreviewsRouter({ httpAuth, previews }) };
}
