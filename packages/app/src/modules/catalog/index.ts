import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { apiPage } from './apiPage';
import { catalogPage } from './catalogPage';
import { definitionTab } from './definitionTab';

/** The list of all that is in the catalog, in columns that can be read. */
export const catalogListModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [catalogPage],
});

/** The list of APIs, in the same columns, and their definitions. */
export const apiListModule = createFrontendModule({
  pluginId: 'api-docs',
  extensions: [apiPage, definitionTab],
});
