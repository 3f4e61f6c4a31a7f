import { createHash } from 'node:crypto';

/**
 * The id of a deviation: that of one path of one entity, whenever it is found.
 *
 * @internal
 */
export function deviationId(entityRef: string, path: string): string {
  return createHash('sha256')
    .update(JSON.stringify([entityRef, path]))
    .digest('hex')
    .slice(0, 32);
}
