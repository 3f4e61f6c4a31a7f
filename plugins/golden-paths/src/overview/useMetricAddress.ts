import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { MetricId } from '@waymark/plugin-golden-paths-common';
import { useCallback } from 'react';
import { rootRouteRef } from '../routes';
import type { Filters } from './filters/useFilters';

/** Where is told what is behind a metric, of the same services and weeks. */
export function useMetricAddress(filters: Filters) {
  const root = useRouteRef(rootRouteRef)?.() ?? '';
  const { search } = filters;
  return useCallback(
    (metric: MetricId, more?: { [name: string]: string | undefined }) =>
      `${root}/overview/${metric}${search(more)}`,
    [root, search],
  );
}
