import { parseEntityRef } from '@backstage/catalog-model';
import type { ScorecardResultRow } from '@waymark/plugin-scorecards-common';

/** How an entity is called. */
export function nameOfRow({ entityRef, title }: ScorecardResultRow): string {
  return title ?? parseEntityRef(entityRef).name;
}
