import { createFrontendModule } from '@backstage/frontend-plugin-api';

export const scaffolderModuleGoldenPath = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [],
});
