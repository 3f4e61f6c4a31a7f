import {
  coreServices,
  createServiceFactory,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  notificationService,
  NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import {
  AuthorizeResult,
  DefinitivePolicyDecision,
} from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { OpenApiDocument } from '@waymark/backend-test-support';
import { Knex } from 'knex';
import { startGoldenPaths } from './startGoldenPaths';

const entity = (
  kind: string,
  name: string,
  relation?: { type: string; targetRef: string },
  annotations: Record<string, string> = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default', annotations },
  spec: {},
  relations: relation && [relation],
});

/**
 * The plugin beside a catalog and a notifications backend of the test. Joel is of
 * Ticketing, which owns `fares`; Adaeze is of the platform team, and alone may
 * manage. Whatever it answers is what its OpenAPI document says.
 */
export async function startSupport(options: {
  knex: Knex;
  config?: JsonObject;
  /** Of the notifications backend. */
  failure?: () => Error | undefined;
}) {
  const { knex, config, failure } = options;
  const sent: NotificationSendOptions[] = [];
  const document = await OpenApiDocument.read({
    packageName: '@waymark/plugin-golden-paths-backend',
  });
  const backend = await startGoldenPaths({
    knex,
    config,
    features: [
      catalogServiceMock.factory({
        entities: [
          entity(
            'Component',
            'fares',
            { type: 'ownedBy', targetRef: 'group:default/ticketing' },
            { 'github.com/project-slug': 'kestrelvale-rail/fares' },
          ),
          {
            ...entity('User', 'joel'),
            spec: { memberOf: ['ticketing', 'squad-leads'] },
            // In the order of the catalog
            relations: ['squad-leads', 'ticketing'].map(name => ({
              type: 'memberOf',
              targetRef: `group:default/${name}`,
            })),
          },
          entity('User', 'adaeze', {
            type: 'memberOf',
            targetRef: 'group:default/platform',
          }),
          entity('User', 'nobody'),
        ],
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async message => {
            const error = failure?.();
            if (error) {
              throw error;
            }
            sent.push(message);
          },
        }),
      }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: (): PermissionsService => {
          const decide = (
            { permission }: { permission: { name: string } },
            credentials: unknown,
          ): DefinitivePolicyDecision => ({
            result:
              !permission.name.endsWith('.manage') ||
              JSON.stringify(credentials).includes('adaeze')
                ? AuthorizeResult.ALLOW
                : AuthorizeResult.DENY,
          });
          const authorize = async (
            requests: { permission: { name: string } }[],
            { credentials }: { credentials?: { principal?: unknown } } = {},
          ) => requests.map(each => decide(each, credentials?.principal));
          return { authorize, authorizeConditional: authorize };
        },
      }),
    ],
  });

  async function call(
    who: string,
    path: string,
    request: { body?: unknown; contentType?: string } = {},
  ) {
    const { body, contentType = 'application/json' } = request;
    const response = await fetch(`${backend.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: mockCredentials.user.header(`user:default/${who}`),
        ...(body !== undefined && { 'content-type': contentType }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const answer = await response.json();
    document.check({
      method: body === undefined ? 'GET' : 'POST',
      path: path.replace(/\?.*$/, ''),
      status: response.status,
      contentType: response.headers.get('content-type'),
      body: answer,
    });
    return { status: response.status, ...answer };
  }

  return { ...backend, call, sent };
}
