import { createBackendPlugin } from '@backstage/backend-plugin-api';

export const forgePlugin = createBackendPlugin({
  pluginId: 'forge',
  register(env) {
    env.registerInit({ deps: {}, async init() {} });
  },
});
