import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import { neighboursApiRef, type NeighboursApi } from './NeighboursApi';

/**
 * Something that stands around an entity. `load` has to be the same function for as
 * long as it loads the same thing.
 */
export function useNeighbours<T>(load: (api: NeighboursApi) => Promise<T>) {
  const api = useApi(neighboursApiRef);
  return useLoaded(useCallback(() => load(api), [api, load]));
}

/** Everything that the entity of the page has a relation with. */
export function useRelated() {
  const { entity } = useEntity();
  return useNeighbours(
    useCallback((api: NeighboursApi) => api.related(entity), [entity]),
  );
}
