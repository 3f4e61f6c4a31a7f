import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { CallerClient } from '@waymark/backend-support';
import { CiCredentialsService } from '@waymark/plugin-ci-credentials-node';
import { ScorecardsClient } from '@waymark/plugin-scorecards-common';
import { registerExemptionActions } from './registerExemptionActions';
import { registerFactActions } from './registerFactActions';
import { registerReportActions } from './registerReportActions';
import { registerScorecardActions } from './registerScorecardActions';

/**
 * The operations of the plugin as actions, for the command line, for templates
 * and for clients that speak MCP.
 *
 * @internal
 */
export function registerActions(options: {
  actionsRegistry: ActionsRegistryService;
  auth: AuthService;
  ciCredentials: CiCredentialsService;
  discovery: DiscoveryService;
}): void {
  const { actionsRegistry } = options;
  const client = new CallerClient({
    ...options,
    Client: ScorecardsClient,
    pluginId: 'scorecards',
  });
  registerScorecardActions(actionsRegistry, client);
  registerFactActions(actionsRegistry, client);
  registerExemptionActions(actionsRegistry, client);
  registerReportActions(actionsRegistry, client);
}
