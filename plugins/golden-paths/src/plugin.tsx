import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiRocketLine } from '@remixicon/react';
import {
  GoldenPathsClient,
  goldenPathsHistoryManagePermission,
} from '@waymark/plugin-golden-paths-common';
import { supportApiRef } from '@waymark/ui';
import { goldenPathsApiRef } from './api';
import { entityRouteRef, rootRouteRef, taskRouteRef } from './routes';
import { AskButton } from './support/LazyAskButton';

const clientApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: goldenPathsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new GoldenPathsClient(deps),
    }),
});

const supportApi = ApiBlueprint.make({
  name: 'support',
  params: defineParams =>
    defineParams({
      api: supportApiRef,
      deps: {},
      factory: () => ({ AskButton }),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/delivery',
    title: 'Delivery',
    icon: <RiRocketLine />,
    routeRef: rootRouteRef,
  },
});

const overviewPage = SubPageBlueprint.make({
  name: 'overview',
  params: {
    path: 'overview',
    title: 'Overview',
    loader: () =>
      import('./overview/OverviewPage').then(m => <m.OverviewPage />),
  },
});

const newServicesPage = SubPageBlueprint.make({
  name: 'new-services',
  params: {
    path: 'new-services',
    title: 'New services',
    loader: () =>
      import('./newServices/NewServicesPage').then(m => <m.NewServicesPage />),
  },
});

const templatesPage = SubPageBlueprint.make({
  name: 'templates',
  params: {
    path: 'templates',
    title: 'Golden paths',
    loader: () =>
      import('./templates/TemplatesPage').then(m => <m.TemplatesPage />),
  },
});

const deviationsPage = SubPageBlueprint.make({
  name: 'deviations',
  params: {
    path: 'deviations',
    title: 'Deviations',
    loader: () =>
      import('./deviations/DeviationsPage').then(m => <m.DeviationsPage />),
  },
});

const eventsPage = SubPageBlueprint.make({
  name: 'events',
  params: {
    path: 'events',
    title: 'Events',
    loader: () => import('./events/EventsPage').then(m => <m.EventsPage />),
  },
});

const supportPage = SubPageBlueprint.make({
  name: 'support',
  params: {
    path: 'support',
    title: 'Support',
    loader: () => import('./support/SupportPage').then(m => <m.SupportPage />),
  },
});

const importsPage = SubPageBlueprint.make({
  name: 'imports',
  if: { permissions: { $contains: goldenPathsHistoryManagePermission.name } },
  params: {
    path: 'imports',
    title: 'Imports',
    loader: () => import('./imports/ImportsPage').then(m => <m.ImportsPage />),
  },
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/delivery',
    title: 'Delivery',
    routeRef: entityRouteRef,
    filter: { kind: 'component' },
    loader: () => import('./entity/EntityTab').then(m => <m.EntityTab />),
  },
});

/**
 * Delivery: pages and entity tab.
 *
 * @public
 */
export const goldenPathsPlugin = createFrontendPlugin({
  pluginId: 'golden-paths',
  title: 'Delivery',
  icon: <RiRocketLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, entity: entityRouteRef },
  externalRoutes: { task: taskRouteRef },
  extensions: [
    clientApi,
    supportApi,
    page,
    overviewPage,
    newServicesPage,
    templatesPage,
    deviationsPage,
    eventsPage,
    supportPage,
    importsPage,
    entityContent,
  ],
});
