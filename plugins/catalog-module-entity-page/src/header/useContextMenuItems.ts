import {
  appTreeApiRef,
  useApi,
  type AppNode,
} from '@backstage/frontend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import {
  EntityContextMenuItemBlueprint,
  type EntityContextMenuItemData,
} from '@backstage/plugin-catalog-react/alpha';
import { useMemo } from 'react';

/** An item of the menu, and the extension that it comes from. */
export interface ContextMenuItem {
  node: AppNode;
  data: EntityContextMenuItemData;
}

const { data, filterFunction } = EntityContextMenuItemBlueprint.dataRefs;

/**
 * What plugins put into the menu of an entity. The page hands its items to its
 * stock header only; to one of ours it does not, so they are read where they are
 * attached.
 */
export function useContextMenuItems(entity: Entity): ContextMenuItem[] {
  const treeApi = useApi(appTreeApiRef);
  return useMemo(() => {
    const page = treeApi.getTree().tree.nodes.get('page:catalog/entity');
    const nodes = page?.edges.attachments.get('contextMenuItems') ?? [];
    return nodes.flatMap(node => {
      const item = node.instance?.getData(data);
      const isFor = node.instance?.getData(filterFunction) ?? (() => true);
      return item && isFor(entity) ? [{ node, data: item }] : [];
    });
  }, [treeApi, entity]);
}
