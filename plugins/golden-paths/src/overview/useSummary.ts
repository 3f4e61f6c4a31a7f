import type {
  MetricsConfig,
  ReportRequest,
  SummaryReport,
} from '@waymark/plugin-golden-paths-common';
import { useCallback } from 'react';
import { useReport } from '../shared/useReport';

/** The metrics of some services, and what each of them says. */
export interface Summary {
  config: MetricsConfig;
  report: SummaryReport;
}

/** Loads all metrics of what is asked about. */
export function useSummary(request: ReportRequest) {
  return useReport<Summary>(
    useCallback(
      async (client, signal) => {
        const [config, report] = await Promise.all([
          client.getMetricsConfig({ signal }),
          client.getSummary(request, { signal }),
        ]);
        return { config, report };
      },
      [request],
    ),
  );
}
