import type { Entity } from '@backstage/catalog-model';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { UPGRADE_PATH } from './upgradePath';

/** Whether a path has written of itself into what it made. */
function isOfGoldenPath({ kind, metadata }: Entity): boolean {
  return (
    kind.toLocaleLowerCase('en-US') === 'component' &&
    metadata.annotations?.['backstage.io/source-template'] !== undefined
  );
}

/**
 * How a service stands to its golden path, among the cards of its page.
 *
 * @internal
 */
export const upgradeCard = EntityCardBlueprint.make({
  name: 'golden-path',
  params: {
    type: 'info',
    filter: isOfGoldenPath,
    loader: () => import('./UpgradeCard').then(m => <m.UpgradeCard />),
  },
});

/**
 * What a newer version brings to a service, and the way to it.
 *
 * @internal
 */
export const upgradeTab = EntityContentBlueprint.make({
  name: 'golden-path',
  params: {
    path: `/${UPGRADE_PATH}`,
    title: 'Golden path',
    filter: isOfGoldenPath,
    loader: () => import('./UpgradePage').then(m => <m.UpgradePage />),
  },
});
