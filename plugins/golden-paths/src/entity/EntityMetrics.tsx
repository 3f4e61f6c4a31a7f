import type { MetricReport } from '@waymark/plugin-golden-paths-common';

/** The metrics of one service. */
export function EntityMetrics(_props: {
  entityRef: string;
  metrics: MetricReport[];
}) {
  return null;
}
