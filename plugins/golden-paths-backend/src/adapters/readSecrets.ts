import { Config } from '@backstage/config';
import { z } from 'zod';

/**
 * Secrets that a sender of webhooks shares with the portal; several while one is
 * being exchanged. Asked for at every delivery, since they may change at any time.
 *
 * @internal
 */
export function readSecrets(config: Config, key: string): string[] {
  // Unlike getOptionalStringArray, takes the empty text of a variable that is not set
  const secrets = z.array(z.string()).parse(config.getOptional(key) ?? []);
  return secrets.filter(secret => secret !== '');
}
