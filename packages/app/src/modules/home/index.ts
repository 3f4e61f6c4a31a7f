import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { HomePageLayoutBlueprint } from '@backstage/plugin-home-react/alpha';
import { createWidget, widgets } from './widgets';

/** The home page: how it is arranged, and what the portal itself puts on it. */
export const homeModule = createFrontendModule({
  pluginId: 'home',
  extensions: [
    HomePageLayoutBlueprint.make({
      params: {
        loader: () => import('./parts').then(m => m.HomeLayout),
      },
    }),
    ...widgets,
  ],
});

/** What only those see on it who may run golden paths. */
export const homeCreateModule = createFrontendModule({
  pluginId: 'home',
  if: { permissions: { $contains: 'scaffolder.task.create' } },
  extensions: [createWidget],
});
