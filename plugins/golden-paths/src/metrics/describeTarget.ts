import type {
  MetricDefinition,
  MetricTarget,
} from '@waymark/plugin-golden-paths-common';
import { formatMetric } from './formatMetric';

/**
 * What one wants to reach, in words: `at most 10 min`, `at least 3 per week, the
 * baseline`.
 */
export function describeTarget(
  target: MetricTarget,
  definition: Pick<MetricDefinition, 'unit' | 'better'>,
): string {
  const { unit, better } = definition;
  const bound = better === 'lower' ? 'at most' : 'at least';
  return `${bound} ${formatMetric(target.value, unit)}${
    target.from === 'baseline' ? ', the baseline' : ''
  }`;
}
