import { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { z } from 'zod';

/** The setting that an error tells people to set. */
export const SECRETS_KEY = 'goldenPaths.webhooks.github.secrets';

/**
 * All secrets that a webhook of GitHub may be signed with. Several at once, so
 * that one can be exchanged without losing a delivery.
 *
 * @internal
 */
export function readGithubSecrets(config: Config): string[] {
  // Unlike getOptionalStringArray, takes the empty text of a variable that is
  // not set
  const own = z.array(z.string()).parse(config.getOptional(SECRETS_KEY) ?? []);
  const ofApps = ScmIntegrations.fromConfig(config)
    .github.list()
    .flatMap(integration => integration.config.apps ?? [])
    .flatMap(app => app.webhookSecret ?? []);
  return [...new Set([...own, ...ofApps])].filter(secret => secret !== '');
}
