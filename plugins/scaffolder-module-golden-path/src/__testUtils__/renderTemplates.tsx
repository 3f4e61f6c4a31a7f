import type { Entity } from '@backstage/catalog-model';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  entityRouteRef,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiRef, type UsualDuration } from '../api';
import { TemplatesPage } from '../paths/TemplatesPage';
import { createFakeBackend } from './fakeBackend';

/** A template with the given `spec`, beside what every one has. */
export const template = (
  name: string,
  title: string,
  spec: object = {},
): Entity => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name, namespace: 'default', title, description: `About ${name}` },
  spec: {
    type: 'service',
    owner: 'group:default/platform',
    steps: [{ id: 'make', name: 'Make it', action: 'debug:log' }],
    ...spec,
  },
});

/** The pages for choosing and filling in, over a backend that has these templates. */
export function renderTemplates(options: {
  templates: Entity[];
  path?: string;
  durations?: UsualDuration[];
  /** Answers the start of a run. */
  onCreate?: () => { status?: number; body: unknown };
  /** Names of the permissions that the reader lacks. */
  denied?: string[];
}) {
  const { templates, path = '', denied = [] } = options;
  const started: unknown[] = [];
  const { goldenPathApi, scaffolderApi } = createFakeBackend(
    ({ url, method, body }) => {
      const at = url.pathname.replace('/api/scaffolder', '');
      if (at === '/golden-path/durations') {
        return { body: { items: options.durations ?? [] } };
      }
      if (at === '/v2/tasks' && method === 'POST') {
        started.push(body);
        return options.onCreate?.() ?? { status: 201, body: { id: 'abc' } };
      }
      const [, name] = /templates\/default\/template\/([^/]+)/.exec(at) ?? [];
      const found = templates.find(({ metadata }) => metadata.name === name);
      return (
        found && {
          body: {
            title: found.metadata.title,
            steps: [found.spec?.parameters ?? []].flat().map(schema => ({
              title: 'Questions',
              schema,
            })),
          },
        }
      );
    },
  );
  const { unmount } = renderInTestApp(
    <TemplatesPage
      loadFields={async () => []}
      theme="bui"
      stock={<p>The form of the scaffolder</p>}
    />,
    {
      mountPath: '/create/templates',
      mountedRoutes: {
        '/create': scaffolderPlugin.routes.root,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      initialRouteEntries: [`/create/templates${path}`],
      config: {
        app: {
          support: {
            url: '/help',
            items: [{ title: 'Platform', links: [{ url: '/help' }] }],
          },
        },
      },
      apis: [
        [goldenPathApiRef, goldenPathApi],
        [scaffolderApiRef, scaffolderApi],
        [catalogApiRef, catalogApiMock({ entities: templates })],
        [starredEntitiesApiRef, new MockStarredEntitiesApi()],
        [
          identityApiRef,
          mockApis.identity({ userEntityRef: 'user:default/kim' }),
        ],
        [
          permissionApiRef,
          mockApis.permission({
            authorize: ({ permission }) =>
              denied.includes(permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          }),
        ],
      ],
    },
  );
  return { unmount, user: userEvent.setup(), started };
}
