import type { MetricUnit } from '@waymark/plugin-golden-paths-common';
import { describeDuration, formatNumber, formatPercent } from '@waymark/ui';

const LEAST_SHOWN = 0.01;

function formatRate(value: number): string {
  if (value > 0 && value < LEAST_SHOWN) {
    return `< ${formatNumber(LEAST_SHOWN, { maximumFractionDigits: 2 })}`;
  }
  return formatNumber(value, { maximumFractionDigits: value < 1 ? 2 : 1 });
}

const FORMATS: { [unit in MetricUnit]: (value: number) => string } = {
  duration: value => (value > 0 ? describeDuration(value / 1000) : '0 s'),
  share: formatPercent,
  'per-week': value => `${formatRate(value)} per week`,
};

/** The number of a metric with its unit in words: `12 min`, `82%`, `3.4 per week`. */
export function formatMetric(value: number, unit: MetricUnit): string {
  return FORMATS[unit](value);
}

/** The same where the unit stands elsewhere, such as at an axis. */
export function formatBare(value: number, unit: MetricUnit): string {
  return unit === 'per-week' ? formatRate(value) : FORMATS[unit](value);
}
