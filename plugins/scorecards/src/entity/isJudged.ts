import type { Entity } from '@backstage/catalog-model';

/** Whether an entity is of one of these kinds, in lower case. */
export const isOf =
  (...kinds: string[]) =>
  (entity: Entity): boolean =>
    kinds.includes(entity.kind.toLowerCase());

/**
 * Whether an entity is of a kind that scorecards are written for. A scorecard may
 * be about any other kind too: an app then says so by the `filter` of the extension.
 */
export const isJudged = isOf(
  'component',
  'api',
  'resource',
  'system',
  'domain',
);
