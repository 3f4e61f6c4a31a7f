import { parseEntityRef } from '@backstage/catalog-model';
import { Deviation, DeviationState } from './api/reports';

const WORDS = {
  changed: 'has changed',
  missing: 'is without',
  'left-out': 'leaves out',
  declared: 'declares to differ in',
};

/**
 * What differs: a file or folder, or a part by what its path calls it.
 *
 * @public
 */
export function subjectOfDeviation(
  deviation: Pick<Deviation, 'part' | 'partTitle' | 'path'>,
): string {
  const { part, partTitle, path } = deviation;
  return partTitle ?? part ?? path;
}

/**
 * What differs where, for sentences: `orders-api has changed Dockerfile`.
 *
 * @public
 */
export function nameOfDeviation(deviation: Deviation): string {
  const { entityRef, entityTitle, kind } = deviation;
  return [
    entityTitle ?? parseEntityRef(entityRef).name,
    WORDS[kind],
    subjectOfDeviation(deviation),
  ].join(' ');
}

/**
 * What the states of deviations are called.
 *
 * @public
 */
export const deviationStateLabels: Record<DeviationState, string> = {
  requested: 'To be decided',
  unjustified: 'Without a reason',
  approved: 'Approved',
  denied: 'Denied',
  expired: 'Ended',
};
