import type {
  MetricDefinition,
  MetricValue,
} from '@waymark/plugin-golden-paths-common';
import { formatMetric } from './formatMetric';

/** How a number does against another one. */
export interface Comparison {
  verdict: 'better' | 'worse' | 'same';
  /** Such as `Better than 16 min in the 26 weeks before`. */
  words: string;
}

const WORDS = {
  better: 'Better than',
  worse: 'Worse than',
  same: 'The same as',
};

/**
 * A number against that of another time; undefined where one of them is missing. What
 * reads the same is the same.
 *
 * @param when - the other time, as in `in the 26 weeks before`
 */
export function compareMetric(options: {
  definition: Pick<MetricDefinition, 'unit' | 'better'>;
  value: MetricValue;
  other: MetricValue | undefined;
  when: string;
}): Comparison | undefined {
  const { definition, value, other, when } = options;
  if (value.value === undefined || other?.value === undefined) {
    return undefined;
  }
  const before = formatMetric(other.value, definition.unit);
  let verdict: Comparison['verdict'] = 'same';
  if (before !== formatMetric(value.value, definition.unit)) {
    const isLower = value.value < other.value;
    verdict = isLower === (definition.better === 'lower') ? 'better' : 'worse';
  }
  const words =
    verdict === 'same'
      ? `${WORDS.same} ${when}`
      : `${WORDS[verdict]} ${before} ${when}`;
  return { verdict, words };
}
