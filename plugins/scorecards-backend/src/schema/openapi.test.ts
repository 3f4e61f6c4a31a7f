import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { OpenApiDocument } from '@waymark/backend-test-support';
import { Handler, Router } from 'express';
import scorecards from '..';
import { databases } from '../__testUtils__/databases';

const packageName = '@waymark/plugin-scorecards-backend';

describe('openapi.yaml', () => {
  it('has every route, and no other', async () => {
    const handlers: Handler[] = [];
    const backend = await startTestBackend({
      features: [
        scorecards,
        catalogServiceMock.factory(),
        mockServices.database.factory({
          knex: await databases.init('SQLITE_3'),
        }),
        createServiceFactory({
          service: coreServices.httpRouter,
          deps: {},
          factory: () => ({
            use: handler => handlers.push(handler),
            addAuthPolicy: () => {},
          }),
        }),
      ],
    });
    await backend.stop();

    const routes = handlers
      .flatMap(handler => (handler as Router).stack)
      .flatMap(({ route }) =>
        route
          ? route.stack.map(
              ({ method }) =>
                `${method} ${route.path.replace(/:(\w+)/g, '{$1}')}`,
            )
          : [],
      )
      // Those of the permission framework and of the actions registry
      .filter(route => !/ \/\.(well-known|backstage)\//.test(route));
    const document = await OpenApiDocument.read({ packageName });
    expect([...routes].sort()).toEqual([...document.routes].sort());
  });

  it('tells an answer that it does not have', async () => {
    const document = await OpenApiDocument.read({ packageName });
    const answer = {
      method: 'GET',
      path: '/preferences',
      status: 200,
      contentType: 'application/json; charset=utf-8',
      body: { delivery: 'weekly' },
    };
    expect(() => document.check(answer)).not.toThrow();
    for (const [change, message] of [
      [{ body: { delivery: 'never' } }, 'must be equal to one of'],
      [{ body: { delivery: 'each', more: 1 } }, 'additional properties'],
      [{ status: 201 }, 'has no such status'],
      [{ status: 404 }, "must have required property 'error'"],
      [{ contentType: 'text/html' }, 'has no text/html'],
      [{ method: 'DELETE' }, 'is not in openapi.yaml'],
      [{ path: '/preferences/1' }, 'is not in openapi.yaml'],
    ] as const) {
      expect(() => document.check({ ...answer, ...change })).toThrow(message);
    }
  });

  it('tells what is too much in a page, at every depth', async () => {
    const document = await OpenApiDocument.read({ packageName });
    const row = {
      entityRef: 'component:default/checkout',
      standing: { throughExemption: false, since: '2026-11-20T08:00:00Z' },
      outcomes: { docs: 'pass' },
    };
    const check = (items: object[]) =>
      document.check({
        method: 'GET',
        path: '/scorecards/default/docs/results',
        status: 200,
        contentType: 'application/json',
        body: { items },
      });
    expect(() => check([row])).not.toThrow();
    expect(() => check([{ ...row, before: row.standing }])).toThrow(
      'unevaluated properties',
    );
    expect(() => check([{ ...row, outcomes: { docs: 'maybe' } }])).toThrow();
  });
});
