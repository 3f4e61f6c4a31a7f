import { createBackendModule } from '@backstage/backend-plugin-api';

/**
 * Kind `Scorecard` in the catalog.
 *
 * @public
 */
export const catalogModuleScorecards = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'scorecards',
  register(env) {
    env.registerInit({ deps: {}, async init() {} });
  },
});
