import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { deliveryPage } from './deliveryPage';
import { entityPage } from './entityPage';
import {
  authorsLink,
  scaffolderPage,
  scaffolderSubPages,
} from './scaffolderPage';

/** What the pages for creating things show to whom. */
export const scaffolderPermissionsModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [scaffolderPage, authorsLink, ...scaffolderSubPages],
});

/** What the page of an entity shows to whom. */
export const catalogPermissionsModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [entityPage],
});

/** What the pages of delivery show to whom. */
export const deliveryPermissionsModule = createFrontendModule({
  pluginId: 'golden-paths',
  extensions: [deliveryPage],
});
