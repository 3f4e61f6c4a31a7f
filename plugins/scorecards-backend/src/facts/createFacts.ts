import {
  AuditorService,
  AuthService,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { EntityPermission } from '@waymark/backend-support';
import { CiCredentialsService } from '@waymark/plugin-ci-credentials-node';
import { scorecardsFactPushPermission } from '@waymark/plugin-scorecards-common';
import express from 'express';
import { Knex } from 'knex';
import { ScorecardMetrics } from '../metrics/ScorecardMetrics';
import { ScorecardAccess } from '../permissions/ScorecardAccess';
import { createFactsRouter } from './createFactsRouter';
import { FactAuthorizer } from './FactAuthorizer';
import { FactIntake } from './FactIntake';
import { FactStore } from './FactStore';
import { SubjectIds } from './SubjectIds';

/**
 * What takes and shows facts over HTTP.
 *
 * @internal
 */
export function createFacts(options: {
  access: ScorecardAccess;
  auditor: AuditorService;
  auth: AuthService;
  ciCredentials: CiCredentialsService;
  database: Knex;
  httpAuth: HttpAuthService;
  metrics: ScorecardMetrics;
  permissions: PermissionsService;
  /** Takes entities over from the catalog. */
  refresh(entityRefs: string[]): Promise<void>;
  store: FactStore;
}): express.Router {
  const { permissions, store } = options;
  return createFactsRouter({
    ...options,
    intake: new FactIntake({
      authorizer: new FactAuthorizer({
        ...options,
        permission: new EntityPermission({
          permission: scorecardsFactPushPermission,
          permissions,
        }),
      }),
      store,
      subjects: new SubjectIds(options),
    }),
  });
}
