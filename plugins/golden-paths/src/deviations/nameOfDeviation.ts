import { parseEntityRef } from '@backstage/catalog-model';
import type { Deviation } from '@waymark/plugin-golden-paths-common';

const WORDS = {
  changed: 'has changed',
  missing: 'is without',
  'left-out': 'leaves out',
  declared: 'declares to differ in',
};

/** What differs where, for sentences: `orders-api has changed Dockerfile`. */
export function nameOfDeviation(deviation: Deviation): string {
  const { entityRef, entityTitle, kind, part, path } = deviation;
  return `${entityTitle ?? parseEntityRef(entityRef).name} ${WORDS[kind]} ${
    part ? `the part ${part}` : path
  }`;
}
