import { useApi } from '@backstage/frontend-plugin-api';
import type {
  MetricsConfig,
  SquadsReport,
} from '@waymark/plugin-golden-paths-common';
import {
  Choice,
  EmptyState,
  LoadingLines,
  ProblemNotice,
  ScreenOnly,
  Section,
  useAddress,
  useMore,
} from '@waymark/ui';
import { useCallback } from 'react';
import { goldenPathsApiRef } from '../../api';
import { MoreButton } from '../../shared/MoreButton';
import type { Filters } from '../filters/useFilters';
import { SquadsTable } from './SquadsTable';
import styles from './SquadsSection.module.css';

const PAGE_SIZE = 50;

/** What the metrics are squad by squad. By name: this is no contest. */
export function SquadsSection(props: {
  config: MetricsConfig;
  filters: Filters;
}) {
  const { config, filters } = props;
  const { request } = filters;
  const client = useApi(goldenPathsApiRef);
  const [query, change] = useAddress();
  const asked = query.get('show');
  const chosen = config.metrics.find(({ id }) => id === asked);
  const squads = useMore<SquadsReport>(
    useCallback(
      (cursor, signal) =>
        client.getSquads({ ...request, cursor, limit: PAGE_SIZE }, { signal }),
      [client, request],
    ),
  );
  return (
    <div className={styles.squads}>
      <Section title="By squad">
        <ScreenOnly>
          <div className={styles.choice}>
            <Choice
              label="Show"
              any="All metrics"
              value={chosen?.id}
              options={config.metrics.map(({ id, title }) => ({
                id,
                label: title,
              }))}
              onChange={value => change({ show: value })}
            />
          </div>
        </ScreenOnly>
        {squads.error !== undefined && !squads.items && (
          <ProblemNotice
            title="The squads cannot be shown"
            error={squads.error}
            onRetry={squads.retry}
          />
        )}
        {squads.error === undefined && !squads.items && (
          <LoadingLines label="Loading the squads" lines={8} />
        )}
        {squads.items?.length === 0 && (
          <EmptyState isPlain title="No squad owns such a service">
            Choose other filters above, or name owners in the catalog.
          </EmptyState>
        )}
        {squads.items && squads.items.length > 0 && (
          <>
            <SquadsTable
              definitions={chosen ? [chosen] : config.metrics}
              squads={squads.items}
              filters={filters}
              isDetailed={chosen !== undefined}
            />
            <ScreenOnly>
              <MoreButton
                list={squads}
                problem="There are more squads that cannot be shown"
              />
            </ScreenOnly>
          </>
        )}
      </Section>
    </div>
  );
}
