import {
  appTreeApiRef,
  coreExtensionData,
  useApi,
} from '@backstage/frontend-plugin-api';
import { EntityLink } from '@waymark/ui';

/** Of the module that upgrades services, where it is installed. */
const TAB = 'entity-content:scaffolder/golden-path';

/** The way to what a newer version brings to a service, or to its delivery. */
export function UpgradeLink(props: { entityRef: string }) {
  const { tree } = useApi(appTreeApiRef).getTree();
  const path = tree.nodes
    .get(TAB)
    ?.instance?.getData(coreExtensionData.routePath);
  return (
    <EntityLink
      entityRef={props.entityRef}
      title={path ? 'Golden path' : 'Delivery'}
      below={path ? `/${path.replace(/^\//, '')}` : '/delivery'}
    />
  );
}
