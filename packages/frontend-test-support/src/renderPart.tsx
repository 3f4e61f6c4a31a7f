import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import type {
  ApiRef,
  ExternalRouteRef,
  RouteRef,
} from '@backstage/frontend-plugin-api';
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
import {
  createFakeBackend,
  type Answer,
  type ClientClass,
  type SeenRequest,
} from './createFakeBackend';

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
 * What is shown, to whom, and what the backend answers.
 *
 * @public
 */
export interface Part {
  element: ReactElement;
  /** Where the element stands, such as `/scorecards/:namespace/:name/*`. */
  path?: string;
  /** Where the reader is. */
  address?: string;
  /** On whose page. */
  entity?: Entity;
  /** In the catalog. */
  entities?: Entity[];
  /** The signed-in user's groups, beside the user itself. */
  ownershipEntityRefs?: string[];
  /** Which permissions the reader has, all without. */
  isAllowed?: (permission: string, entityRef?: string) => boolean;
  /** Of the app. */
  config?: JsonObject;
  answer: (request: SeenRequest) => Answer;
}

function tabOf({ kind, metadata }: Entity, tab: string): string {
  const { namespace = 'default', name } = metadata;
  return `/catalog/${namespace}/${kind.toLocaleLowerCase(
    'en-US',
  )}/${name}/${tab}`;
}

/**
 * A part of a plugin in an app, over a backend that gives the given answers, on the
 * network.
 *
 * @public
 */
export function renderPart<Api extends object>(
  part: Part,
  plugin: {
    id: string;
    apiRef: ApiRef<Api>;
    Client: ClientClass<Api>;
    routes: Record<string, RouteRef | ExternalRouteRef>;
    /** Its tab on the pages of entities. */
    tab: { path: string; routeRef: RouteRef };
  },
) {
  const { element, path = '/*', address = '/', entity, entities = [] } = part;
  const { isAllowed = () => true, ownershipEntityRefs = [] } = part;
  // What the test app takes says nothing of a type that is not known yet
  const apiRef: ApiRef<object> = plugin.apiRef;
  const { client, requests } = createFakeBackend<object>({
    pluginId: plugin.id,
    Client: plugin.Client,
    handle: part.answer,
  });
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
        ...(entity && {
          [tabOf(entity, plugin.tab.path)]: plugin.tab.routeRef,
        }),
        ...plugin.routes,
      },
      config: { backend: { baseUrl: 'http://portal' }, ...part.config },
      apis: [
        [apiRef, client],
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
        [catalogApiRef, catalogApiMock({ entities })],
        mockApis.identity({
          userEntityRef: 'user:default/reader',
          ownershipEntityRefs: ['user:default/reader', ...ownershipEntityRefs],
        }),
      ],
    },
  );
  return { requests, user: userEvent.setup() };
}
