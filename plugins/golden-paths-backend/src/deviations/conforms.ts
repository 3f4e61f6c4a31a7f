import { DeviationRow } from './deviationRows';

/**
 * Whether a service conforms to its path: whatever differs was approved, and for now
 * still is. What is only announced does not differ.
 *
 * @internal
 */
export function conforms(
  deviations: readonly Pick<DeviationRow, 'kind' | 'state'>[],
): boolean {
  return deviations.every(
    ({ kind, state }) => kind === 'declared' || state === 'approved',
  );
}
