import type {
  MetricRow,
  SquadsReport,
  SummaryReport,
} from '@waymark/plugin-golden-paths-common';
import type { Answer, SeenRequest } from '@waymark/frontend-test-support';
import { sampleConfig, sampleSquads, sampleSummary } from './sampleReports';

/** Answers of a backend that has these reports. */
export function answerReports(
  reports: {
    summary?: SummaryReport;
    squads?: SquadsReport[];
    rows?: MetricRow[];
  } = {},
): (request: SeenRequest) => Answer {
  const {
    summary = sampleSummary(),
    squads = [sampleSquads(2)],
    rows = [],
  } = reports;
  return ({ path, query }) => {
    switch (path) {
      case '/metrics':
        return { body: sampleConfig };
      case '/reports/summary':
        return { body: summary };
      case '/reports/squads':
        return { body: squads[Number(query.get('cursor') ?? 0)] };
      case '/reports/rows':
        return { body: { items: rows, totalItems: rows.length } };
      case '/reports/summary.csv':
      case '/reports/rows.csv':
        return { body: 'metric,week,value\n' };
      default:
        return undefined;
    }
  };
}
