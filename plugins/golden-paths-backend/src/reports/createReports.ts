import {
  HttpAuthService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { EntityAccess } from '@waymark/backend-support';
import { Router } from 'express';
import { Knex } from 'knex';
import { createReportsRouter } from './createReportsRouter';
import { readReportSettings } from './ReportSettings';

/**
 * All that is told about delivery.
 *
 * @internal
 */
export function createReports(options: {
  access: EntityAccess;
  config: RootConfigService;
  httpAuth: HttpAuthService;
  knex: Knex;
  now: () => number;
}): Router {
  return createReportsRouter({
    ...options,
    settings: readReportSettings(options.config),
  });
}
