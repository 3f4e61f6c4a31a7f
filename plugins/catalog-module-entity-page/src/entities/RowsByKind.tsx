import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { Text } from '@backstage/ui';
import { kindRank, pluralOf } from './kinds';
import { TitledRows } from './TitledRows';

/** Entities under the plural of their kind, with how many there are of it. */
export function RowsByKind(props: {
  entities: Entity[];
  /** More than there are in `entities` when not all were asked for. */
  total?: number;
  hideOwner?: boolean;
}) {
  const { entities, total = entities.length, hideOwner } = props;
  const kinds = [...new Set(entities.map(({ kind }) => kind))].sort(
    (a, b) => kindRank(a) - kindRank(b),
  );
  return (
    <>
      {kinds.map(kind => {
        const rows = entities
          .filter(entity => entity.kind === kind)
          .map(entity => ({ entity, entityRef: stringifyEntityRef(entity) }));
        return (
          <TitledRows
            key={kind}
            title={pluralOf(kind)}
            rows={rows}
            count={rows.length}
            hideOwner={hideOwner}
          />
        );
      })}
      {total > entities.length && (
        <Text variant="body-small" color="secondary">
          The first {entities.length} of {total}. The catalog lists all of them.
        </Text>
      )}
    </>
  );
}
