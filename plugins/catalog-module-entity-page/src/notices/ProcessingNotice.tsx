import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { AlphaEntity } from '@backstage/catalog-model/alpha';
import { Alert } from '@backstage/ui';
import { useCallback } from 'react';
import { EntityLink } from '../entities/EntityLink';
import type { NeighboursApi } from '../neighbours/NeighboursApi';
import { useNeighbours } from '../neighbours/useNeighbours';
import styles from './Notices.module.css';

/** What the catalog could not do with an entity, in its own words. */
function problemsOf(entity: Entity): string[] {
  return ((entity as AlphaEntity).status?.items ?? [])
    .filter(
      ({ level, type }) =>
        level === 'error' && type === 'backstage.io/catalog-processing',
    )
    .map(({ message, error }) => error?.message ?? message);
}

/**
 * Of an entity, or of what it was read from, that the catalog could not read the
 * last time: what the page shows may be older than what is written.
 */
export function ProcessingNotice(props: { entity: Entity }) {
  const { entity } = props;
  // An answer that does not come takes nothing from the page
  const { value: ancestors = [entity] } = useNeighbours(
    useCallback((api: NeighboursApi) => api.ancestors(entity), [entity]),
  );
  const self = stringifyEntityRef(entity);
  const problems = ancestors.flatMap(ancestor => {
    const ref = stringifyEntityRef(ancestor);
    return problemsOf(ref === self ? entity : ancestor).map(message => ({
      ref,
      ancestor,
      message,
    }));
  });
  if (problems.length === 0) {
    return null;
  }
  return (
    <Alert
      status="danger"
      icon
      title="The catalog could not read this the last time it looked"
      description={
        <>
          <p className={styles.words}>
            What you see may be older than what is written. Mend what is said
            here and push it; the catalog looks again by itself.
          </p>
          <ul className={styles.problems}>
            {problems.map(({ ref, ancestor, message }, index) => (
              <li key={index}>
                {ref !== self && (
                  <>
                    In <EntityLink entityRef={ref} entity={ancestor} />:{' '}
                  </>
                )}
                {message}
              </li>
            ))}
          </ul>
        </>
      }
    />
  );
}
