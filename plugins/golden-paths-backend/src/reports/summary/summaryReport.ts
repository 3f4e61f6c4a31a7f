import {
  MetricDefinition,
  METRICS,
  MetricReport,
  MetricTarget,
  MetricValue,
  SummaryReport,
} from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { Weeks } from '../../calendar/Weeks';
import { known } from '../numbers/measuredNumbers';
import { Numbers, readNumbers } from '../numbers/readNumbers';
import { ReportSettings } from '../ReportSettings';
import { daysOf, ReportPeriod } from '../scope/ReportPeriod';
import { ReportScope } from '../scope/ReportScope';
import { readSample } from './readSample';

/**
 * All metrics over some weeks.
 *
 * @internal
 */
export async function summaryReport(options: {
  knex: Knex;
  scope: ReportScope;
  period: ReportPeriod;
  settings: ReportSettings;
  weeks: Weeks;
  now: number;
}): Promise<SummaryReport> {
  const { knex, scope, period, settings, weeks } = options;
  const [numbers, sample] = await Promise.all([
    readNumbers(options),
    readSample({ knex, scope, period, weeks }),
  ]);
  return {
    ...daysOf(period),
    timeZone: settings.timeZone,
    metrics: METRICS.map(metric =>
      metricReport({ metric, numbers: numbers(), period, settings }),
    ),
    sample,
  };
}

/** One metric, with what it is compared with. */
function metricReport(options: {
  metric: MetricDefinition;
  numbers: Numbers;
  period: ReportPeriod;
  settings: ReportSettings;
}): MetricReport {
  const { metric, numbers, period, settings } = options;
  const { id } = metric;
  const previous = numbers.value(id, 'previous');
  const baseline = period.baseline && numbers.value(id, 'baseline');
  const all = numbers.value(id, 'period');
  const coverage = numbers.coverage(id);
  const value = known(all, metric, coverage.withData > 0);
  const target = targetOf(settings.targets[id], baseline);
  return {
    id,
    ...value,
    coverage,
    target,
    met: isMet(metric, value, target),
    baseline: baseline && known(baseline, metric),
    previous: known(previous, metric),
    trend: trendOf({ metric, numbers, period, began: previous.count > 0 }),
    parts: numbers.parts(id),
  };
}

/** @param options - `began`: there was something before the first of the weeks */
function trendOf(options: {
  metric: MetricDefinition;
  numbers: Numbers;
  period: ReportPeriod;
  began: boolean;
}): MetricReport['trend'] {
  const { metric, numbers, period } = options;
  let began = options.began;
  return period.weeks.map(week => {
    const value = numbers.value(metric.id, week);
    began ||= value.count > 0;
    return { week, ...known(value, metric, began) };
  });
}

function targetOf(
  configured: number | undefined,
  baseline: MetricValue | undefined,
): MetricTarget | undefined {
  if (configured !== undefined) {
    return { value: configured, from: 'config' };
  }
  return baseline?.value !== undefined && baseline.count > 0
    ? { value: baseline.value, from: 'baseline' }
    : undefined;
}

function isMet(
  { better }: MetricDefinition,
  { value }: MetricValue,
  target: MetricTarget | undefined,
): boolean | undefined {
  if (value === undefined || !target) {
    return undefined;
  }
  return better === 'lower' ? value <= target.value : value >= target.value;
}
