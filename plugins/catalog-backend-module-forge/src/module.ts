import { createBackendModule } from '@backstage/backend-plugin-api';

export const catalogModuleForge = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'forge',
  register(env) {
    env.registerInit({ deps: {}, async init() {} });
  },
});
