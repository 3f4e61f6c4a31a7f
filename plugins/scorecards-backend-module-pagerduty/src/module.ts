import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { factCollectorsExtensionPoint } from '@waymark/plugin-scorecards-node';
import { PagerDutyClient } from './client/PagerDutyClient';
import { PagerDutyCollector } from './PagerDutyCollector';

/**
 * Facts for scorecards: who is on call, from PagerDuty.
 *
 * @public
 */
export const scorecardsModulePagerDuty = createBackendModule({
  pluginId: 'scorecards',
  moduleId: 'pagerduty',
  register(env) {
    env.registerInit({
      deps: {
        collectors: factCollectorsExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
      },
      async init({ collectors, config, logger }) {
        const settings = config.getOptionalConfig('scorecards.pagerduty');
        const token = settings?.getOptionalString('token');
        if (!token) {
          logger.info(
            'PagerDuty is not asked who is on call: scorecards.pagerduty.token is not set',
          );
          return;
        }
        const client = new PagerDutyClient({
          token,
          baseUrl: settings?.getOptionalString('baseUrl'),
        });
        collectors.addCollectors(new PagerDutyCollector({ client }));
      },
    });
  },
});
