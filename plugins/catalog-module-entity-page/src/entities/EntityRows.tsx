import type { Entity } from '@backstage/catalog-model';
import { Text } from '@backstage/ui';
import { kindIcon, readSpec } from '@waymark/ui';
import type { ReactNode } from 'react';
import { EntityLink } from './EntityLink';
import { FoldButton } from './FoldButton';
import { typeLabel } from './kinds';
import { LifecycleMark } from './LifecycleMark';
import { readOwner } from './readEntity';
import { useFold } from './useFold';
import styles from './EntityRows.module.css';

/** One line of a list of entities. */
export interface EntityRow {
  entityRef: string;
  entity: Entity;
  /** What else there is to say of it here. */
  note?: ReactNode;
}

function Row(props: EntityRow & { hideOwner?: boolean }) {
  const { entityRef, entity, note, hideOwner } = props;
  const Icon = kindIcon(entity.kind);
  const type = readSpec(entity, 'type');
  const owner = hideOwner ? undefined : readOwner(entity);
  return (
    <li className={styles.row}>
      <Icon size={18} className={styles.icon} aria-hidden="true" />
      <div className={styles.what}>
        <div className={styles.line}>
          <EntityLink entityRef={entityRef} entity={entity} />
          <Text as="span" variant="body-small" color="secondary">
            {entity.kind}
            {type && `, ${typeLabel(type)}`}
          </Text>
          <LifecycleMark entity={entity} />
        </div>
        {note && (
          <Text as="div" variant="body-small" color="secondary">
            {note}
          </Text>
        )}
      </div>
      {owner && (
        <Text
          as="div"
          variant="body-small"
          color="secondary"
          className={styles.owner}
        >
          by <EntityLink entityRef={owner} variant="body-small" />
        </Text>
      )}
    </li>
  );
}

/** Entities, one per line: name, kind, owner, and whether to rely on them. */
export function EntityRows(props: {
  rows: EntityRow[];
  /** The list's name for those who do not see what stands above it. */
  label: string;
  /** Where all of them have the same owner. */
  hideOwner?: boolean;
}) {
  const { rows, label, hideOwner } = props;
  const { shown, isFoldable, isOpen, toggle } = useFold(rows);
  return (
    <>
      <ul className={styles.list} aria-label={label}>
        {shown.map(row => (
          <Row key={row.entityRef} {...row} hideOwner={hideOwner} />
        ))}
      </ul>
      {isFoldable && (
        <FoldButton isOpen={isOpen} total={rows.length} onPress={toggle} />
      )}
    </>
  );
}
