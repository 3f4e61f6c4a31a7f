import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import type { MetricReport } from '@waymark/plugin-golden-paths-common';
import { LoadingLines, ProblemNotice, useLoaded } from '@waymark/ui';
import { useCallback, useId } from 'react';
import { goldenPathsApiRef } from '../api';
import { MetricTile } from '../metrics/MetricTile';
import { rootRouteRef } from '../routes';
import styles from './EntityMetrics.module.css';

/** The metrics of one service, each with the way to what is behind it. */
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
  if (metrics.length === 0) {
    return null;
  }
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
  return (
    <div role="region" aria-labelledby={id}>
      <h3 id={id} className={styles.title}>
        Its metrics
      </h3>
      <div className={styles.tiles}>
        {metrics.flatMap(report => {
          const definition = value.metrics.find(each => each.id === report.id);
          return definition
            ? [
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
                />,
              ]
            : [];
        })}
      </div>
    </div>
  );
}
