import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  defaultEntityPresentation,
  entityPresentationApiRef,
  EntityProvider,
  entityRouteRef,
  type EntityPresentationApi,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import type { JsonObject } from '@backstage/types';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { Route, Routes } from 'react-router-dom';
import { SWRConfig } from 'swr';
import { goldenPathsApiRef } from '../api';
import { entityRouteRef as tabRouteRef, rootRouteRef } from '../routes';
import {
  createFakeBackend,
  type Answer,
  type SeenRequest,
} from './fakeBackend';

function tabOf({ kind, metadata }: Entity): string {
  const { namespace = 'default', name } = metadata;
  return `/catalog/${namespace}/${kind.toLocaleLowerCase(
    'en-US',
  )}/${name}/delivery`;
}

/** As in an app, it throws at what is no ref. */
const presentation: EntityPresentationApi = {
  forEntity: (entity, context) => {
    if (typeof entity === 'string') {
      parseEntityRef(entity);
    }
    const snapshot = defaultEntityPresentation(entity, context);
    return { snapshot, promise: Promise.resolve(snapshot) };
  },
};

/**
 * A part of the plugin over a backend that gives the given answers, on the network.
 *
 * @param options - `element`: what is shown at `path`, such as
 * `/delivery/overview/*`; `address`: where the reader is; `entity`: on whose page;
 * `isAllowed`: which permissions the reader has, all without; `config`: of the app
 */
export function renderGoldenPaths(options: {
  element: ReactElement;
  path?: string;
  address?: string;
  entity?: Entity;
  /** In the catalog. */
  entities?: Entity[];
  /** The signed-in user's groups, beside the user itself. */
  ownershipEntityRefs?: string[];
  isAllowed?: (permission: string, entityRef?: string) => boolean;
  config?: JsonObject;
  answer: (request: SeenRequest) => Answer;
}) {
  const { element, path = '/*', address = '/', entity, entities } = options;
  const { isAllowed = () => true } = options;
  const { client, requests } = createFakeBackend(options.answer);
  const content = (
    // What the reader may do is remembered for the page: here, for one test
    <SWRConfig value={{ provider: () => new Map() }}>
      <Routes>
        <Route path={path} element={element} />
      </Routes>
    </SWRConfig>
  );
  renderInTestApp(
    entity ? (
      <EntityProvider entity={entity}>{content}</EntityProvider>
    ) : (
      content
    ),
    {
      initialRouteEntries: [address],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        // In an app it is below the page of the entity, and takes its parameters
        ...(entity && { [tabOf(entity)]: tabRouteRef }),
        '/delivery': rootRouteRef,
      },
      config: { backend: { baseUrl: 'http://portal' }, ...options.config },
      apis: [
        [goldenPathsApiRef, client],
        [
          permissionApiRef,
          mockApis.permission({
            authorize: ({ permission, resourceRef }) =>
              isAllowed(permission.name, resourceRef)
                ? AuthorizeResult.ALLOW
                : AuthorizeResult.DENY,
          }),
        ],
        [entityPresentationApiRef, presentation],
        [catalogApiRef, catalogApiMock({ entities: entities ?? [] })],
        mockApis.identity({
          userEntityRef: 'user:default/reader',
          ownershipEntityRefs: [
            'user:default/reader',
            ...(options.ownershipEntityRefs ?? []),
          ],
        }),
      ],
    },
  );
  return { requests, user: userEvent.setup() };
}
