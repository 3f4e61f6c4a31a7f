import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useLoaded } from '@waymark/ui';
import { useCallback, useEffect } from 'react';
import { goldenPathApiRef } from '../api';

/** How often it is asked what has become of a run, in milliseconds. */
const INTERVAL = 2000;

const UNDER_WAY = ['open', 'processing'];

/**
 * Whether a run for the newest version is under way.
 *
 * @internal
 */
export function isUnderWay(run: { status: string } | undefined): boolean {
  return run !== undefined && UNDER_WAY.includes(run.status);
}

/**
 * How the entity of the page stands to its golden path; looked at again while an
 * upgrade is on its way.
 *
 * @internal
 */
export function useUpgrade() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(goldenPathApiRef);
  const loaded = useLoaded(
    useCallback(
      (signal: AbortSignal) => api.getUpgrade(entityRef, { signal }),
      [api, entityRef],
    ),
    { keep: true },
  );
  const { isLoading, retry } = loaded;
  // Of another entity, while its own is on its way
  const value =
    loaded.value?.entityRef === entityRef ? loaded.value : undefined;

  const isAwaited = !isLoading && isUnderWay(value?.run);
  useEffect(() => {
    if (!isAwaited) {
      return undefined;
    }
    const timer = setTimeout(retry, INTERVAL);
    return () => clearTimeout(timer);
  }, [isAwaited, retry]);

  return { ...loaded, value, entityRef };
}
