import type { Entity } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import styles from './NameCell.module.css';

/** The name of an entity, what it is for, and its tags, each less loud. */
export function NameCell(props: { entity: Entity }) {
  const { entity } = props;
  const { description, tags = [] } = entity.metadata;
  return (
    <div className={styles.cell}>
      <EntityRefLink
        entityRef={entity}
        defaultKind={entity.kind}
        className={styles.name}
        hideIcon
        disableTooltip
      />
      {description && (
        <Text
          className={styles.description}
          variant="body-small"
          color="secondary"
        >
          {description}
        </Text>
      )}
      {tags.length > 0 && (
        <Text variant="body-x-small" color="secondary">
          {tags.join(' · ')}
        </Text>
      )}
    </div>
  );
}
