import { createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { ScorecardProcessor } from './ScorecardProcessor';

/**
 * Kind `Scorecard` in the catalog.
 *
 * @public
 */
export const catalogModuleScorecards = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'scorecards',
  register(env) {
    env.registerInit({
      deps: { processing: catalogProcessingExtensionPoint },
      async init({ processing }) {
        processing.addProcessor(new ScorecardProcessor());
      },
    });
  },
});
