import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { factCollectorsExtensionPoint } from '@waymark/plugin-scorecards-node';
import { DeliveryCollector } from './DeliveryCollector';
import { DeliverySource } from './DeliverySource';

/**
 * Facts for scorecards: how services are delivered, and which golden path they
 * follow.
 *
 * @public
 */
export const scorecardsModuleDelivery = createBackendModule({
  pluginId: 'scorecards',
  moduleId: 'delivery',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        collectors: factCollectorsExtensionPoint,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
      },
      async init({ collectors, events, ...deps }) {
        collectors.addCollectors(
          new DeliveryCollector({ events, source: new DeliverySource(deps) }),
        );
      },
    });
  },
});
