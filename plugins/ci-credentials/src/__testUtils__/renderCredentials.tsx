import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import userEvent from '@testing-library/user-event';
import {
  createFakeBackend,
  type Answer,
  type SeenRequest,
} from '@waymark/frontend-test-support';
import {
  CiCredentialsClient,
  type CiCredential,
  type CiCredentialSettings,
} from '@waymark/plugin-ci-credentials-common';
import {
  ciCredentialsAccessApiRef,
  ciCredentialsApiRef,
  RememberedAccess,
} from '../api';
import { EntityCredentials } from '../entity/EntityCredentials';
import { CredentialsPage } from '../list/CredentialsPage';

const component = (name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default' },
  spec: { type: 'service', lifecycle: 'production', owner: 'ticketing' },
});

/** The ticket shop and a component of others. */
export const TICKET_SHOP = component('ticket-shop');
const DEPARTURES = component('departures');

/**
 * The page of all credentials, or the tab of the ticket shop, over a backend that
 * holds the given credentials.
 */
export function renderCredentials(
  options: {
    where?: 'page' | 'entity';
    address?: string;
    credentials?: CiCredential[];
    pageSize?: number;
    access?: Partial<CiCredentialSettings['access']>;
    settings?: Partial<CiCredentialSettings>;
    /** Which permissions the reader has, by name and entity; all without. */
    isAllowed?: (permission: string, entityRef?: string) => boolean;
    answer?: (request: SeenRequest) => Answer;
  } = {},
) {
  const { credentials = [], pageSize = 100, isAllowed = () => true } = options;
  const settings: CiCredentialSettings = {
    defaultLifetimeDays: 90,
    maxLifetimeDays: 365,
    github: [],
    ...options.settings,
    access: { read: true, create: true, revoke: true, ...options.access },
  };
  const { client, requests } = createFakeBackend({
    pluginId: 'ci-credentials',
    Client: CiCredentialsClient,
    handle: request => {
      const own = options.answer?.(request);
      if (own) {
        return own;
      }
      const {
        entityRef,
        state,
        cursor = '0',
      } = Object.fromEntries(request.query);
      switch (`${request.method} ${request.path}`) {
        case 'GET /settings':
          return { body: settings };
        case 'GET /credentials': {
          const fitting = credentials.filter(
            item =>
              (!state || item.state === state) &&
              (!entityRef || item.entityRefs.includes(entityRef)),
          );
          const end = Number(cursor) + pageSize;
          return {
            body: {
              items: fitting.slice(Number(cursor), end),
              totalItems: fitting.length,
              nextCursor: end < fitting.length ? String(end) : undefined,
            },
          };
        }
        default:
          return undefined;
      }
    },
  });
  const permissionApi = mockApis.permission({
    authorize: ({ permission, resourceRef }) =>
      isAllowed(permission.name, resourceRef)
        ? AuthorizeResult.ALLOW
        : AuthorizeResult.DENY,
  });
  renderInTestApp(
    options.where === 'entity' ? (
      <EntityProvider entity={TICKET_SHOP}>
        <EntityCredentials />
      </EntityProvider>
    ) : (
      <CredentialsPage />
    ),
    {
      mountPath: '/ci-credentials',
      initialRouteEntries: [options.address ?? '/ci-credentials'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      config: {
        app: {
          support: {
            url: '/catalog/default/group/platform',
            items: [
              {
                title: 'Platform',
                links: [{ url: '/catalog/default/group/platform' }],
              },
            ],
          },
        },
        backend: { baseUrl: 'http://portal' },
        ciCredentials: { example: { path: '/api/golden-paths/events' } },
      },
      apis: [
        [ciCredentialsApiRef, client],
        [
          ciCredentialsAccessApiRef,
          new RememberedAccess({ client, permissionApi }),
        ],
        [permissionApiRef, permissionApi],
        [
          catalogApiRef,
          catalogApiMock({ entities: [TICKET_SHOP, DEPARTURES] }),
        ],
      ],
    },
  );
  return { requests, user: userEvent.setup() };
}
