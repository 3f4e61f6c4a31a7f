import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { EntityLink } from './EntityLink';

/**
 * The way to an entity of which no more than its ref is known. The catalog is asked
 * for its name, for all of a page at once.
 *
 * @public
 */
export function NamedEntityLink(props: { entityRef: string }) {
  const { entityRef } = props;
  const { primaryTitle } = useEntityPresentation(entityRef);
  return <EntityLink entityRef={entityRef} title={primaryTitle} />;
}
