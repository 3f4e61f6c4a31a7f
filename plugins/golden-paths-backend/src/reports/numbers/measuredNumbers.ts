import {
  MetricDefinition,
  MetricValue,
} from '@waymark/plugin-golden-paths-common';
import { MeasuredMetric } from './metricSources';
import { Means } from './readMeans';
import { SpanId, Tallies } from './readTallies';

/**
 * The number of a metric in a span, of tallies.
 *
 * @param options - `weeks`: how many the span has
 * @internal
 */
export function measuredValue(options: {
  metric: MeasuredMetric;
  span: SpanId;
  tallies: Tallies;
  means: Means;
  weeks: number;
}): MetricValue {
  const { metric, span, tallies, means, weeks } = options;
  const countOf = (measure: Parameters<Tallies['get']>[0]) =>
    tallies.get(measure, span)?.count ?? 0;
  switch (metric.kind) {
    case 'rate': {
      const count = countOf(metric.measure);
      return {
        value: count / weeks,
        count,
        ...(metric.claimed && { claimed: countOf(metric.claimed) }),
      };
    }
    case 'duration': {
      const tally = tallies.get(metric.measure, span);
      if (!tally) {
        return { count: 0 };
      }
      const { count, median, p90 } = tally;
      return {
        value: metric.mean ? means(metric.measure, span) : median,
        p90,
        count,
      };
    }
    default:
      return shareValue(countOf(metric.numerator), countOf(metric.denominator));
  }
}

/** Of nothing, there is no share. */
export function shareValue(
  numerator: number,
  denominator: number,
): MetricValue {
  return {
    ...(denominator > 0 && { value: numerator / denominator }),
    count: denominator,
    numerator,
    denominator,
  };
}

/**
 * A number that may be shown: so many per week, of services of which nothing is known,
 * is none.
 *
 * @param hasData - default: when there is some
 */
export function known(
  value: MetricValue,
  { unit }: MetricDefinition,
  hasData = value.count > 0,
): MetricValue {
  return unit === 'per-week' && !hasData
    ? { ...value, value: undefined }
    : value;
}
