import type { Entity } from '@backstage/catalog-model';
import { nameOf } from '@waymark/ui';
import { readGoldenPath } from './readGoldenPath';

function readRank(template: Entity): number {
  const { isGoldenPath, description } = readGoldenPath(template);
  if (!isGoldenPath) {
    return 2;
  }
  return description.for === 'new' ? 0 : 1;
}

/**
 * The order in which templates are offered: golden paths that make something new,
 * those for what is there already, other templates; each of them by title.
 *
 * @public
 */
export function compareTemplates(a: Entity, b: Entity): number {
  return (
    readRank(a) - readRank(b) || nameOf(a).localeCompare(nameOf(b), 'en-US')
  );
}
