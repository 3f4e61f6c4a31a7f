import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { RiKey2Line } from '@remixicon/react';
import { CiCredentialsClient } from '@waymark/plugin-ci-credentials-common';
import {
  ciCredentialsAccessApiRef,
  ciCredentialsApiRef,
  RememberedAccess,
} from './api';
import { rootRouteRef } from './routes';

const clientApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: ciCredentialsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new CiCredentialsClient(deps),
    }),
});

const accessApi = ApiBlueprint.make({
  name: 'access',
  params: defineParams =>
    defineParams({
      api: ciCredentialsAccessApiRef,
      deps: { client: ciCredentialsApiRef, permissionApi: permissionApiRef },
      factory: deps => new RememberedAccess(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/ci-credentials',
    title: 'CI credentials',
    icon: <RiKey2Line />,
    routeRef: rootRouteRef,
    loader: async () => {
      const { CredentialsPage } = await import('./list/CredentialsPage');
      return <CredentialsPage />;
    },
  },
});

const entityContent = EntityContentBlueprint.makeWithOverrides({
  factory(originalFactory, { apis }) {
    const access = apis.get(ciCredentialsAccessApiRef);
    return originalFactory({
      path: '/ci-access',
      title: 'CI access',
      // An app that asks before it shows the page, as this portal's does, has no
      // tab for whom it is not; elsewhere the tab says so
      filter: entity =>
        entity.kind.toLowerCase() === 'component' &&
        access?.peekRead(stringifyEntityRef(entity)) !== false,
      loader: async () => {
        const { EntityCredentials } = await import(
          './entity/EntityCredentials'
        );
        return <EntityCredentials />;
      },
    });
  },
});

/**
 * The page of all CI credentials, the tab of a component's, and their client.
 *
 * @public
 */
export const ciCredentialsPlugin = createFrontendPlugin({
  pluginId: 'ci-credentials',
  title: 'CI credentials',
  icon: <RiKey2Line />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [clientApi, accessApi, page, entityContent],
});
