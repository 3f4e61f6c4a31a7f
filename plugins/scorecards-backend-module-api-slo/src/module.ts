import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogScmEventsServiceRef } from '@backstage/plugin-catalog-node/alpha';
import { factCollectorsExtensionPoint } from '@waymark/plugin-scorecards-node';
import { ApiSloCollector } from './ApiSloCollector';

/**
 * Facts for scorecards: which endpoints of an API have objectives.
 *
 * @public
 */
export const scorecardsModuleApiSlo = createBackendModule({
  pluginId: 'scorecards',
  moduleId: 'api-slo',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        collectors: factCollectorsExtensionPoint,
        events: catalogScmEventsServiceRef,
        reader: coreServices.urlReader,
      },
      async init({ collectors, ...services }) {
        collectors.addCollectors(new ApiSloCollector(services));
      },
    });
  },
});
