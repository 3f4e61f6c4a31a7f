import { BackstageServicePrincipal } from '@backstage/backend-plugin-api';

/** How the subjects of this portal's own plugins begin. */
const PLUGIN_PREFIX = 'plugin:';

/**
 * Whether a service is a plugin of this portal, and not a pipeline or another system
 * with a token.
 *
 * @internal
 */
export function isOwnPlugin(principal: BackstageServicePrincipal): boolean {
  const { accessRestrictions, subject } = principal;
  return subject.startsWith(PLUGIN_PREFIX) && !accessRestrictions;
}
