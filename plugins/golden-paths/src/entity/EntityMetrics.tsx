import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type {
  MetricId,
  MetricReport,
} from '@waymark/plugin-golden-paths-common';
import { LoadingLines, ProblemNotice, useLoaded } from '@waymark/ui';
import { useCallback, useId } from 'react';
import { goldenPathsApiRef } from '../api';
import { MetricTile } from '../metrics/MetricTile';
import { rootRouteRef } from '../routes';
import styles from './EntityMetrics.module.css';

/** Those that one service has; of the others the rest of its page speaks. */
const SHOWN: MetricId[] = [
  'deployment-frequency',
  'change-lead-time',
  'change-fail-rate',
  'failed-deployment-recovery-time',
  'deployment-rework-rate',
];

/**
 * The metrics of one service, each with the way to what is behind it. What has nothing
 * to say yet is only named.
 */
export function EntityMetrics(props: {
  entityRef: string;
  metrics: MetricReport[];
}) {
  const { entityRef, metrics } = props;
  const id = useId();
  const client = useApi(goldenPathsApiRef);
  const root = useRouteRef(rootRouteRef)?.();
  const { value, error, retry } = useLoaded(
    useCallback(signal => client.getMetricsConfig({ signal }), [client]),
  );
  if (error !== undefined) {
    return (
      <ProblemNotice
        title="Its metrics cannot be shown"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return <LoadingLines label="Loading its metrics" lines={8} />;
  }
  const shown = SHOWN.flatMap(metric => {
    const definition = value.metrics.find(each => each.id === metric);
    const report = metrics.find(each => each.id === metric);
    return definition && report ? [{ definition, report }] : [];
  });
  const known = shown.filter(({ report }) => report.value !== undefined);
  const silent = shown.filter(({ report }) => report.value === undefined);
  return (
    <div role="region" aria-labelledby={id}>
      <h3 id={id} className={styles.title}>
        Its metrics
      </h3>
      {known.length > 0 && (
        <div className={styles.tiles}>
          {known.map(({ definition, report }) => (
            <MetricTile
              key={report.id}
              definition={definition}
              report={report}
              href={
                root &&
                `${root}/overview/${report.id}?${new URLSearchParams({
                  entityRef,
                })}`
              }
              hasNoCoverage
              headingLevel="h4"
            />
          ))}
        </div>
      )}
      {silent.length > 0 && (
        <Text as="p" color="secondary">
          No data yet:{' '}
          {silent.map(({ definition }) => definition.title).join(', ')}. They
          are about what was seen running in production.
        </Text>
      )}
    </div>
  );
}
