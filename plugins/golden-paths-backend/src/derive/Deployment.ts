import { DerivedDeployment } from './Derived';
import { Fact } from './Fact';

/**
 * A deployment, and all events that say it took place.
 *
 * @internal
 */
export interface Deployment {
  row: DerivedDeployment;
  /** The first is the one it is known by. */
  facts: Fact[];
  /** Of a rollback: what ran until then. */
  tookBack?: Deployment;
}

/**
 * Whether anything runs after it.
 *
 * @internal
 */
export function isDeployment({ row }: Deployment): boolean {
  return row.kind !== 'removed';
}
