import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { FactCollector } from './FactCollector';

/**
 * Where modules add sources of facts.
 *
 * @public
 */
export interface FactCollectorsExtensionPoint {
  /** @throws when the id of a collector is taken */
  addCollectors(...collectors: FactCollector[]): void;
}

/**
 * Where modules add sources of facts.
 *
 * @public
 */
export const factCollectorsExtensionPoint =
  createExtensionPoint<FactCollectorsExtensionPoint>({
    id: 'scorecards.fact-collectors',
  });
