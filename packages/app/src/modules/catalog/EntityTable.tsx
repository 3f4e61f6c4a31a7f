import { FavoriteToggleIcon } from '@backstage/core-components';
import { CatalogTable } from '@backstage/plugin-catalog';
import { useStarredEntities } from '@backstage/plugin-catalog-react';
import { columnsOf } from './columns';

/** Entities in columns; what else can be done with one stands on its page. */
export function EntityTable() {
  const { isStarredEntity, toggleStarredEntity } = useStarredEntities();
  return (
    <CatalogTable
      columns={columnsOf}
      actions={[
        ({ entity }) => {
          const isStarred = isStarredEntity(entity);
          return {
            icon: () => <FavoriteToggleIcon isFavorite={isStarred} />,
            tooltip: isStarred ? 'Remove the star' : 'Star',
            onClick: () => toggleStarredEntity(entity),
          };
        },
      ]}
    />
  );
}
