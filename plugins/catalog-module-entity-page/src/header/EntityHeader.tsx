import { RELATION_PART_OF, type Entity } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { EntityHeaderLayoutProps } from '@backstage/plugin-catalog-react/alpha';
import { Header, Skeleton, type HeaderMetadataItem } from '@backstage/ui';
import { nameOf, readSpec } from '@waymark/ui';
import { isLong, LONG_DESCRIPTION } from '../entities/description';
import { EntityLink } from '../entities/EntityLink';
import { typeLabel } from '../entities/kinds';
import { readOwner, relationTargets } from '../entities/readEntity';
import { useRelated } from '../neighbours/useNeighbours';
import { CopyLinkButton } from './CopyLinkButton';
import { CreateButton } from './CreateButton';
import { MoreMenu } from './MoreMenu';
import { StarButton } from './StarButton';
import styles from './EntityHeader.module.css';

/** The name of a neighbour once it is known; nothing moves when it comes. */
function Neighbour(props: { entityRef: string }) {
  const { value: related, error } = useRelated();
  const entity = related?.get(props.entityRef);
  if (!related && !error) {
    return <Skeleton width={96} height={18} />;
  }
  return entity ? (
    <EntityLink entityRef={props.entityRef} entity={entity} />
  ) : (
    <code>{props.entityRef}</code>
  );
}

function metadataOf(entity: Entity): HeaderMetadataItem[] {
  const owner = readOwner(entity);
  const lifecycle = readSpec(entity, 'lifecycle');
  const [whole] = relationTargets(entity, RELATION_PART_OF);
  return [
    ...(owner
      ? [{ label: 'Owner', value: <Neighbour entityRef={owner} /> }]
      : []),
    ...(lifecycle ? [{ label: 'Lifecycle', value: lifecycle }] : []),
    ...(whole
      ? [{ label: 'Part of', value: <Neighbour entityRef={whole} /> }]
      : []),
  ];
}

/** A line or two; the whole of a long description is among the facts. */
function shorten(description: string | undefined): string | undefined {
  return isLong(description)
    ? `${description.slice(0, LONG_DESCRIPTION).trimEnd()}…`
    : description;
}

/** What the entity is, who owns it, what to do with it, and its tabs. */
export function EntityHeader(props: EntityHeaderLayoutProps) {
  const { tabs, activeTabId } = props;
  const { entity } = useEntity();
  const type = readSpec(entity, 'type');
  return (
    <Header
      className={styles.header}
      title={nameOf(entity)}
      description={shorten(entity.metadata.description)}
      tags={[
        { label: entity.kind },
        ...(type ? [{ label: typeLabel(type) }] : []),
      ]}
      metadata={metadataOf(entity)}
      // A single tab is the page itself
      tabs={tabs.length > 1 ? tabs : undefined}
      activeTabId={activeTabId}
      customActions={
        <>
          <CreateButton entity={entity} />
          <StarButton entity={entity} />
          <CopyLinkButton />
          <MoreMenu entity={entity} />
        </>
      }
    />
  );
}
