import { stringifyEntityRef } from '@backstage/catalog-model';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { EntityPipeline } from '@waymark/plugin-forge-runner-common';
import { useLoaded } from '@waymark/ui';
import { useCallback, useEffect } from 'react';
import { forgeRunnerApiRef } from '../api';

/** Milliseconds between two looks, while something changes and otherwise. */
const LIVE_MS = 1000;
const QUIET_MS = 10_000;

const isLive = ({ runs, service }: EntityPipeline) =>
  ['starting', 'restarting'].includes(service.state) ||
  runs.some(({ state }) => state === 'waiting' || state === 'running');

/**
 * The pipeline of the entity whose page this is, as it is now: looked at again and
 * again, as long as the page is in sight.
 */
export function usePipeline(options: { limit: number }) {
  const { limit } = options;
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const client = useApi(forgeRunnerApiRef);
  const isOff =
    String(useApi(configApiRef).getOptional('forgeRunner.enabled')) === 'false';
  const loaded = useLoaded(
    useCallback(
      async signal =>
        isOff ? undefined : client.getPipeline(entityRef, { limit, signal }),
      [client, entityRef, isOff, limit],
    ),
    { keep: true },
  );
  const { value, error, isLoading, retry } = loaded;
  useEffect(() => {
    if (isOff || isLoading || (!value && error !== undefined)) {
      return undefined;
    }
    const pause = value && isLive(value) ? LIVE_MS : QUIET_MS;
    const timer = setInterval(() => {
      if (!document.hidden) {
        retry();
      }
    }, pause);
    return () => clearInterval(timer);
  }, [isOff, value, error, isLoading, retry]);
  return { ...loaded, isOff, entityRef, client };
}
