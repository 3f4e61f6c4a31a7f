import type {
  MetricDefinition,
  MetricReport,
  ReportRequest,
  SummaryReport,
} from '@waymark/plugin-golden-paths-common';
import { DAY, startOf } from '@waymark/ui';
import { useCallback } from 'react';
import { useReport } from '../shared/useReport';

/** A metric over some weeks; without definition or report there is no such one. */
export interface Metric {
  definition?: MetricDefinition;
  report?: MetricReport;
  period?: Pick<SummaryReport, 'from' | 'to' | 'timeZone'>;
  sample: boolean;
}

/** From the first Monday to the last Sunday. */
function periodOf(report: MetricReport | undefined, timeZone: string) {
  const weeks = report?.trend ?? [];
  if (weeks.length === 0) {
    return undefined;
  }
  const end = startOf(weeks[weeks.length - 1].week) + 6 * DAY;
  return {
    from: weeks[0].week,
    to: new Date(end).toISOString().slice(0, 10),
    timeZone,
  };
}

/**
 * Loads a metric of what is asked about, or of a single service.
 *
 * @param options - `entityRef`: of the service; then only the weeks of the request count
 */
export function useMetric(options: {
  metric: string | undefined;
  request: ReportRequest;
  entityRef?: string;
}) {
  const { metric, request, entityRef } = options;
  return useReport<Metric>(
    useCallback(
      async (client, signal) => {
        const [config, report] = await Promise.all([
          client.getMetricsConfig({ signal }),
          entityRef === undefined
            ? client.getSummary(request, { signal })
            : client.getEntityDelivery(
                { entityRef, weeks: request.weeks },
                { signal },
              ),
        ]);
        const found = report.metrics.find(({ id }) => id === metric);
        return {
          definition: config.metrics.find(({ id }) => id === metric),
          report: found,
          period: 'from' in report ? report : periodOf(found, config.timeZone),
          sample:
            'sample' in report
              ? report.sample
              : report.deployments.some(({ sample }) => sample),
        };
      },
      [metric, request, entityRef],
    ),
  );
}
