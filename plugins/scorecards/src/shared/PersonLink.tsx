import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { EntityLink } from './EntityLink';

/**
 * The way to somebody by their full name, for which the catalog is asked: all names
 * of a page in one request. Where hundreds may stand, see {@link EntityLink}.
 */
export function PersonLink(props: { entityRef: string }) {
  const { entityRef } = props;
  const { primaryTitle } = useEntityPresentation(entityRef, {
    defaultKind: 'user',
  });
  return <EntityLink entityRef={entityRef} title={primaryTitle} />;
}
