import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { homePage } from './homePage';
import { rootElements } from './rootElements';
import { createWidget, widgets } from './widgets';

/** The home page: how it is arranged, and what the portal itself puts on it. */
export const homeModule = createFrontendModule({
  pluginId: 'home',
  extensions: [homePage, ...rootElements, ...widgets],
});

/** What only those see on it who may run golden paths. */
export const homeCreateModule = createFrontendModule({
  pluginId: 'home',
  if: { permissions: { $contains: 'scaffolder.task.create' } },
  extensions: [createWidget],
});
