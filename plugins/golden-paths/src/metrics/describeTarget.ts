import type {
  MetricDefinition,
  MetricTarget,
} from '@waymark/plugin-golden-paths-common';
import { formatMetric } from './formatMetric';

/** What one wants to reach, in words: `under 10 min`, `over 3 per week, the baseline`. */
export function describeTarget(
  target: MetricTarget,
  definition: Pick<MetricDefinition, 'unit' | 'better'>,
): string {
  const { unit, better } = definition;
  const bound = better === 'lower' ? 'under' : 'over';
  return `${bound} ${formatMetric(target.value, unit)}${
    target.from === 'baseline' ? ', the baseline' : ''
  }`;
}
