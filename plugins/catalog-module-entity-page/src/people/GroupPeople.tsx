import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { Text } from '@backstage/ui';
import { LoadingLines } from '@waymark/ui';
import { useCallback } from 'react';
import { FoldButton } from '../entities/FoldButton';
import { toRef } from '../entities/readEntity';
import { useFold } from '../entities/useFold';
import type { NeighboursApi } from '../neighbours/NeighboursApi';
import { useNeighbours } from '../neighbours/useNeighbours';
import { Person } from '../owner/Person';
import styles from './GroupPeople.module.css';

const ANNOTATION_LEAD = 'waymark.dev/lead';

/** The person who leads a group, as its annotation says. */
function leadOf(group: Entity): string | undefined {
  const lead = group.metadata.annotations?.[ANNOTATION_LEAD];
  return (
    lead &&
    toRef(lead, {
      defaultKind: 'User',
      defaultNamespace: group.metadata.namespace,
    })
  );
}

/** Who belongs to a group, its lead first. */
export function GroupPeople(props: { group: Entity; withEmail?: boolean }) {
  const { group, withEmail } = props;
  const groupRef = stringifyEntityRef(group);
  const { value, error } = useNeighbours(
    useCallback((api: NeighboursApi) => api.members(groupRef), [groupRef]),
  );
  const leadRef = leadOf(group);
  const people = [...(value?.entities ?? [])].sort(
    (a, b) =>
      Number(stringifyEntityRef(b) === leadRef) -
      Number(stringifyEntityRef(a) === leadRef),
  );
  const { shown, isFoldable, isOpen, toggle } = useFold(people);

  if (error) {
    return (
      <Text variant="body-small" color="secondary">
        Its members could not be read. Reload the page to try again.
      </Text>
    );
  }
  if (!value) {
    return <LoadingLines label="Loading the members" lines={3} />;
  }
  if (people.length === 0) {
    return null;
  }
  return (
    <>
      <ul className={styles.people} aria-label="Members">
        {shown.map(person => {
          const ref = stringifyEntityRef(person);
          return (
            <li key={ref}>
              <Person
                entity={person}
                role={ref === leadRef ? 'Lead' : undefined}
                withEmail={withEmail}
              />
            </li>
          );
        })}
      </ul>
      {isFoldable && (
        <FoldButton isOpen={isOpen} total={people.length} onPress={toggle} />
      )}
      {value.total > people.length && (!isFoldable || isOpen) && (
        <Text variant="body-small" color="secondary">
          {people.length} of {value.total} members
        </Text>
      )}
    </>
  );
}
