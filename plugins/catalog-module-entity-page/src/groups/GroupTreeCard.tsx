import {
  RELATION_CHILD_OF,
  RELATION_PARENT_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import { LoadingLines, readSpec, Section } from '@waymark/ui';
import { useCallback } from 'react';
import { EntityLink } from '../entities/EntityLink';
import { typeLabel } from '../entities/kinds';
import { relationTargets } from '../entities/readEntity';
import type { Branch, NeighboursApi } from '../neighbours/NeighboursApi';
import { useNeighbours } from '../neighbours/useNeighbours';
import styles from './GroupTreeCard.module.css';

function Branches(props: { parent: string; branches: Branch[] }) {
  const { parent, branches } = props;
  const below = branches.filter(branch => branch.parent === parent);
  if (below.length === 0) {
    return null;
  }
  return (
    <ul className={styles.tree}>
      {below.map(({ group }) => {
        const ref = stringifyEntityRef(group);
        const type = readSpec(group, 'type');
        return (
          <li key={ref}>
            <EntityLink entityRef={ref} entity={group} />{' '}
            {type && (
              <Text as="span" variant="body-small" color="secondary">
                {typeLabel(type)}
              </Text>
            )}
            <Branches parent={ref} branches={branches} />
          </li>
        );
      })}
    </ul>
  );
}

/** Where the group of the page stands: what it is part of, and what is below it. */
export function GroupTreeCard() {
  const { entity } = useEntity();
  const self = stringifyEntityRef(entity);
  const { value } = useNeighbours(
    useCallback((api: NeighboursApi) => api.groupsBelow(entity), [entity]),
  );
  const parents = relationTargets(entity, RELATION_CHILD_OF);
  const hasChildren = relationTargets(entity, RELATION_PARENT_OF).length > 0;
  return (
    <Section title="Where it stands">
      {parents.map(ref => (
        <Text key={ref}>
          Part of <EntityLink entityRef={ref} />
        </Text>
      ))}
      {hasChildren && !value && (
        <LoadingLines label="Loading the groups below it" />
      )}
      {value && value.length > 0 && (
        <div>
          <Text as="div" variant="body-small" color="secondary">
            Below it
          </Text>
          <Branches parent={self} branches={value} />
        </div>
      )}
    </Section>
  );
}
