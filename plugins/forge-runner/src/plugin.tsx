import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiPlayCircleLine } from '@remixicon/react';
import { ForgeRunnerClient } from '@waymark/plugin-forge-runner-common';
import { forgeRunnerApiRef } from './api';
import { entityRouteRef } from './routes';
import { isFromForge } from './shared/isFromForge';

const clientApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: forgeRunnerApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ForgeRunnerClient(deps),
    }),
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/pipeline',
    title: 'Pipeline',
    routeRef: entityRouteRef,
    filter: isFromForge,
    loader: () => import('./tab/PipelineTab').then(m => <m.PipelineTab />),
  },
});

const serviceCard = EntityCardBlueprint.make({
  name: 'service',
  params: {
    type: 'content',
    filter: isFromForge,
    loader: () => import('./card/ServiceCard').then(m => <m.ServiceCard />),
  },
});

/**
 * Pipelines and running services on the pages of their components.
 *
 * @public
 */
export const forgeRunnerPlugin = createFrontendPlugin({
  pluginId: 'forge-runner',
  title: 'Pipelines',
  icon: <RiPlayCircleLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { entity: entityRouteRef },
  extensions: [clientApi, entityContent, serviceCard],
});
