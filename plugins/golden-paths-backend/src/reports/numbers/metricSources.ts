import { MetricId } from '@waymark/plugin-golden-paths-common';
import { Measure } from '../../derive/Derived';

/** A metric that is counted by week and service. */
export type MeasuredMetric =
  | {
      /** So many per week. */
      kind: 'rate';
      measure: Measure;
      /** Beside it, and not in the number. */
      claimed?: Measure;
      parts?: { id: string; title: string; measure: Measure }[];
    }
  | {
      kind: 'duration';
      measure: Measure;
      /** Instead of the median, as its name says. */
      mean?: true;
    }
  | { kind: 'share'; numerator: Measure; denominator: Measure };

/** Metrics that are made of rollups alone. */
export type MeasuredMetricId = Exclude<
  MetricId,
  'time-to-first-deployment' | 'adoption' | 'deviation-rate'
>;

/**
 * Of which measures each metric is made.
 *
 * @internal
 */
export const MEASURED: Record<MeasuredMetricId, MeasuredMetric> = {
  'deployment-frequency': {
    kind: 'rate',
    measure: 'deployments',
    claimed: 'deployments-claimed',
    parts: [
      { id: 'production', title: 'Production', measure: 'deployments' },
      { id: 'staging', title: 'Staging', measure: 'deployments-staging' },
    ],
  },
  'time-to-environment': {
    kind: 'duration',
    measure: 'environment-time',
    mean: true,
  },
  'support-load': { kind: 'rate', measure: 'tickets' },
  'change-lead-time': { kind: 'duration', measure: 'change-lead-time' },
  'failed-deployment-recovery-time': {
    kind: 'duration',
    measure: 'recovery-time',
  },
  'change-fail-rate': {
    kind: 'share',
    numerator: 'deployments-failed',
    denominator: 'deployments',
  },
  'deployment-rework-rate': {
    kind: 'share',
    numerator: 'deployments-rework',
    denominator: 'deployments',
  },
};

/**
 * The measure that says whether anything is known of a service: without it, the
 * absence of failures would be no good news.
 *
 * @internal
 */
export const EVIDENCE: Record<MeasuredMetricId, Measure> = {
  'deployment-frequency': 'deployments',
  'time-to-environment': 'environment-time',
  'support-load': 'tickets',
  'change-lead-time': 'change-lead-time',
  'failed-deployment-recovery-time': 'deployments',
  'change-fail-rate': 'deployments',
  'deployment-rework-rate': 'deployments',
};

/** All measures that a metric reads. */
export function measuresOf(metric: MeasuredMetric): Measure[] {
  switch (metric.kind) {
    case 'rate':
      return [
        metric.measure,
        ...(metric.claimed ? [metric.claimed] : []),
        ...(metric.parts ?? []).map(({ measure }) => measure),
      ];
    case 'duration':
      return [metric.measure];
    default:
      return [metric.numerator, metric.denominator];
  }
}
