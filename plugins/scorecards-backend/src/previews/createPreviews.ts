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
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { ScorecardAccess } from '../permissions/ScorecardAccess';
import { WorkerRuleEvaluator } from '../rules/WorkerRuleEvaluator';
import { createPreviewsRouter } from './createPreviewsRouter';
import { Previews } from './Previews';

/**
 * Previews, with their route.
 *
 * @internal
 */
export function createPreviews(options: {
  access: ScorecardAccess;
  auditor: AuditorService;
  database: Knex;
  httpAuth: HttpAuthService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  metrics: ScorecardMetrics;
  now: () => number;
  permissions: PermissionsService;
  readable: ReadableScorecards;
}): Router {
  const { httpAuth, lifecycle, logger } = options;
  const stopping = new AbortController();
  lifecycle.addShutdownHook(() => stopping.abort());
  const previews = new Previews({
    ...options,
    createRules: () => new WorkerRuleEvaluator({ logger, maxThreads: 1 }),
    stopping: stopping.signal,
  });
  return createPreviewsRouter({ httpAuth, previews });
}
