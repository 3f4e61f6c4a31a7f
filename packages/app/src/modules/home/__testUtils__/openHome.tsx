import type { Entity } from '@backstage/catalog-model';
import { storageApiRef, type StorageApi } from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import homePlugin from '@backstage/plugin-home/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  scaffolderApiRef,
  type ScaffolderTask,
} from '@backstage/plugin-scaffolder-react';
import { scaffolderApiMock } from '@backstage/plugin-scaffolder-react/testUtils';
import type { JsonObject } from '@backstage/types';
import { configure, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { homeModule } from '..';

// A whole page is drawn, which takes its time on a busy machine
configure({ asyncUtilTimeout: 30_000 });

const KIM = 'user:default/kim';

/** An entity as the catalog has it. */
export const entity = (
  kind: string,
  name: string,
  rest: { spec?: JsonObject; title?: string; childOf?: string } = {},
): Entity => {
  const owner = rest.spec?.owner;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', title: rest.title },
    spec: rest.spec ?? {},
    relations: [
      ...(owner
        ? [{ type: 'ownedBy', targetRef: `group:default/${owner}` }]
        : []),
      ...(rest.childOf
        ? [{ type: 'childOf', targetRef: `group:default/${rest.childOf}` }]
        : []),
    ],
  };
};

const ENTITIES = [
  entity('User', 'kim'),
  entity('Group', 'port', { title: 'Port', spec: { children: ['harbour'] } }),
  entity('Group', 'harbour', {
    title: 'Harbour',
    spec: { children: [] },
    childOf: 'port',
  }),
  entity('Group', 'auditors', { title: 'Auditors' }),
  entity('Component', 'berths', {
    title: 'Berths',
    spec: { owner: 'harbour', type: 'service', lifecycle: 'production' },
  }),
  entity('Component', 'buoys', {
    title: 'Buoys',
    spec: { owner: 'harbour', type: 'library', lifecycle: 'experimental' },
  }),
  entity('API', 'berths-api', {
    spec: { owner: 'harbour', type: 'openapi', lifecycle: 'production' },
  }),
];

/** Who opens the page, and what the portal holds. */
export interface Situation {
  groups?: string[];
  entities?: Entity[];
  address?: string;
  visits?: Array<{ pathname: string; timestamp: number }>;
  tasks?: Array<Partial<ScaffolderTask>>;
  starred?: string[];
  mayCreate?: boolean;
  layouts?: JsonObject[];
  storage?: StorageApi;
}

/** The page as the portal puts it together, for somebody called Kim. */
export async function openHome(situation: Situation = {}): Promise<{
  unmount: () => void;
  /** What is kept of the reader's decisions. */
  storage: StorageApi;
}> {
  const { mayCreate = false } = situation;
  const storage: StorageApi = situation.storage ?? mockApis.storage();
  if (situation.visits) {
    await storage.set(
      `@backstage/plugin-home:visits:${KIM}`,
      situation.visits.map((visit, id) => ({
        ...visit,
        id: String(id),
        name: 'x',
        hits: 1,
      })),
    );
  }
  const stars = new MockStarredEntitiesApi();
  situation.starred?.forEach(ref => stars.toggleStarred(ref));
  const { unmount } = renderTestApp({
    initialRouteEntries: [situation.address ?? '/'],
    config: {
      app: {
        baseUrl: 'http://localhost:3000',
        title: 'Waymark',
        extensions: [
          { 'page:home': { config: { path: '/' } } },
          { 'api:home/visits': true },
          { 'home-page-widget:home/toolkit': false },
          { 'home-page-widget:home/random-joke': false },
          { 'home-page-widget:home/world-clock': false },
          { 'home-page-widget:home/most-visited': false },
        ],
      },
      backend: { baseUrl: 'http://localhost:7007' },
      home: situation.layouts ? { layouts: situation.layouts } : {},
    },
    features: [homePlugin, homeModule],
    extensions: [
      HomePageWidgetBlueprint.make({
        name: 'tides',
        params: {
          title: 'Tides',
          components: async () => ({ Content: () => <p>High at noon</p> }),
        },
      }),
    ],
    apis: [
      mockApis.identity({
        userEntityRef: KIM,
        ownershipEntityRefs: [
          KIM,
          ...(situation.groups ?? ['harbour']).map(
            name => `group:default/${name}`,
          ),
        ],
        displayName: 'Kim Sands',
      }),
      mockApis.permission({
        authorize: mayCreate ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
      }),
      [storageApiRef, storage],
      [
        catalogApiRef,
        catalogApiMock({ entities: situation.entities ?? ENTITIES }),
      ],
      [starredEntitiesApiRef, stars],
      [
        scaffolderApiRef,
        scaffolderApiMock.mock({
          listTasks: async () => ({
            tasks: (situation.tasks ?? []) as ScaffolderTask[],
          }),
        }),
      ],
    ],
  });
  await screen.findByRole('heading', { name: 'Welcome, Kim Sands', level: 1 });
  return { unmount, storage };
}

/** A widget, by its title. */
export const card = (name: string) => screen.findByRole('article', { name });
/** The titles of the widgets, from top to bottom. */
export const titles = () =>
  screen.getAllByRole('heading', { level: 2 }).map(h => h.textContent);
/** The names in a list, from top to bottom. */
export const rows = (name: string) =>
  within(screen.getByRole('list', { name }))
    .getAllByRole('listitem')
    .map(row => row.querySelector('div div, div')?.firstChild?.textContent);
export const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }));
