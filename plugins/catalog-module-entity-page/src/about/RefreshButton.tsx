import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { catalogEntityRefreshPermission } from '@backstage/plugin-catalog-common/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useEntityPermission } from '@backstage/plugin-catalog-react/alpha';
import { Button } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import { describeError } from '@waymark/ui';

/** Has the catalog read the entity's file again now, rather than by and by. */
export function RefreshButton(props: { entity: Entity }) {
  const catalogApi = useApi(catalogApiRef);
  const toastApi = useApi(toastApiRef);
  const { allowed } = useEntityPermission(catalogEntityRefreshPermission);
  if (!allowed) {
    return null;
  }
  const refresh = async () => {
    try {
      await catalogApi.refreshEntity(stringifyEntityRef(props.entity));
      toastApi.post({
        title: 'The catalog reads it again. Reload the page in a moment.',
        status: 'info',
        timeout: 5000,
      });
    } catch (error) {
      toastApi.post({
        title: 'The catalog could not be asked to read it again',
        description: describeError(error),
        status: 'danger',
      });
    }
  };
  return (
    <Button
      size="small"
      variant="tertiary"
      iconStart={<RiRefreshLine />}
      onPress={refresh}
    >
      Refresh
    </Button>
  );
}
