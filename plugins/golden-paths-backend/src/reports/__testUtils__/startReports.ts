import { once } from 'node:events';
import { AddressInfo } from 'node:net';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { EntityAccess } from '@waymark/backend-support';
import { OpenApiDocument } from '@waymark/backend-test-support';
import express from 'express';
import { Knex } from 'knex';
import { CATALOG_TABLES } from '../../catalog/catalogTables';
import { createReports } from '../createReports';

/** Bob does not see what has the label `secret`; Eve may not read reports. */
function decide(user: string): PolicyDecision {
  return user === 'user:default/bob'
    ? {
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: {
          not: {
            rule: 'HAS_LABEL',
            resourceType: 'catalog-entity',
            params: { label: 'secret' },
          },
        },
      }
    : { result: AuthorizeResult.ALLOW };
}

/** The routes of reports over a database that the test has filled. */
export async function startReports(options: {
  knex: Knex;
  now: number;
  config?: JsonObject;
}) {
  const { knex, now } = options;
  const config = mockServices.rootConfig({
    data: { goldenPaths: options.config ?? {} },
  });
  const userOf = (credentials: { principal: unknown }) =>
    (credentials.principal as { userEntityRef: string }).userEntityRef;
  const permissions = mockServices.permissions.mock({
    authorize: async (requests, { credentials }) =>
      requests.map(() => ({
        result:
          userOf(credentials as { principal: unknown }) === 'user:default/eve'
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      })),
    authorizeConditional: async (requests, { credentials }) =>
      requests.map(() => decide(userOf(credentials as { principal: unknown }))),
  });
  const access = new EntityAccess({
    catalog: catalogServiceMock(),
    knex,
    permissions,
    tables: CATALOG_TABLES,
    userInfo: mockServices.userInfo(),
  });
  const app = express();
  app.use(
    createReports({
      access,
      config,
      httpAuth: mockServices.httpAuth({ pluginId: 'golden-paths' }),
      knex,
      now: () => now,
      permissions,
    }),
  );
  app.use(
    MiddlewareFactory.create({
      config,
      logger: mockServices.logger.mock(),
    }).error(),
  );
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const openApi = await OpenApiDocument.read({
    packageName: '@waymark/plugin-golden-paths-backend',
  });

  return {
    url: `http://127.0.0.1:${port}`,
    /** Every answer has to be as the OpenAPI document says. */
    async get(path: string, user = 'ann') {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        headers: {
          authorization: mockCredentials.user.header(`user:default/${user}`),
        },
      });
      const text = await response.text();
      const contentType = response.headers.get('content-type');
      const body = contentType?.includes('json') ? JSON.parse(text) : undefined;
      openApi.check({
        method: 'GET',
        path: path.split('?')[0],
        status: response.status,
        contentType,
        body,
      });
      return {
        status: response.status,
        headers: response.headers,
        text,
        body,
        message: body?.error?.message as string | undefined,
      };
    },
    stop: () => new Promise(resolve => server.close(resolve)),
  };
}
