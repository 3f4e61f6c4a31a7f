import type {
  MetricDefinition,
  MetricValue,
} from '@waymark/plugin-golden-paths-common';
import { formatNumber } from '@waymark/ui';
import { formatMetric } from './formatMetric';

/**
 * What is behind a number besides itself, each in a few words: parts of a share, the
 * slow end of durations, what has not ended yet, what is only claimed.
 */
export function describeCount(
  value: MetricValue,
  { unit }: Pick<MetricDefinition, 'unit'>,
): string[] {
  const words: string[] = [];
  if (value.numerator !== undefined && value.denominator) {
    words.push(
      `${formatNumber(value.numerator)} of ${formatNumber(value.denominator)}`,
    );
  }
  if (unit === 'duration' && value.value !== undefined) {
    words.push(
      value.p90 === undefined
        ? '9 of 10 within: not known yet'
        : `9 of 10 within ${formatMetric(value.p90, unit)}`,
    );
  }
  if (value.censored) {
    words.push(
      `${formatNumber(value.censored)} not at ${
        value.censored === 1 ? 'its' : 'their'
      } end yet, counted as longer`,
    );
  }
  if (value.claimed) {
    words.push(`${formatNumber(value.claimed)} more that only pipelines claim`);
  }
  return words;
}
