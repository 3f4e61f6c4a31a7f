import type {
  MetricDefinition,
  MetricId,
  MetricReport,
  MetricRow,
  MetricsConfig,
  SquadsReport,
  SummaryReport,
} from '@waymark/plugin-golden-paths-common';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The Mondays of as many weeks, the oldest first; the last one ended on 22 Nov 2026. */
export function sampleWeeks(count: number): string[] {
  const last = Date.parse('2026-11-16T00:00:00Z');
  return Array.from({ length: count }, (_, index) =>
    new Date(last - (count - 1 - index) * 7 * DAY).toISOString().slice(0, 10),
  );
}

const definition = (
  id: MetricId,
  title: string,
  rest: Pick<MetricDefinition, 'unit' | 'better' | 'events'>,
): MetricDefinition => ({
  id,
  title,
  definition: `How **${title.toLocaleLowerCase('en')}** is measured.`,
  source: { title: 'dora.dev', url: 'https://dora.dev/guides/' },
  ...rest,
});

/** All metrics, as the backend defines them. */
export const sampleConfig: MetricsConfig = {
  metrics: [
    definition('time-to-first-deployment', 'Time to first deployment', {
      unit: 'duration',
      better: 'lower',
      events: ['service.deployed'],
    }),
    definition('deployment-frequency', 'Deployment frequency', {
      unit: 'per-week',
      better: 'higher',
      events: ['service.deployed', 'service.upgraded'],
    }),
    definition('adoption', 'Golden path adoption', {
      unit: 'share',
      better: 'higher',
      events: [],
    }),
    definition('deviation-rate', 'Deviation rate', {
      unit: 'share',
      better: 'lower',
      events: [],
    }),
    definition('time-to-environment', 'Mean time to environment', {
      unit: 'duration',
      better: 'lower',
      events: ['environment.created'],
    }),
    definition('support-load', 'Platform support load', {
      unit: 'per-week',
      better: 'lower',
      events: ['ticket.created'],
    }),
    definition('change-lead-time', 'Change lead time', {
      unit: 'duration',
      better: 'lower',
      events: ['change.merged', 'service.deployed'],
    }),
    definition(
      'failed-deployment-recovery-time',
      'Failed deployment recovery time',
      {
        unit: 'duration',
        better: 'lower',
        events: ['incident.detected', 'incident.resolved'],
      },
    ),
    definition('change-fail-rate', 'Change fail rate', {
      unit: 'share',
      better: 'lower',
      events: ['incident.detected'],
    }),
    definition('deployment-rework-rate', 'Deployment rework rate', {
      unit: 'share',
      better: 'lower',
      events: ['service.deployed', 'incident.detected'],
    }),
  ],
  timeZone: 'UTC',
  targets: { 'time-to-first-deployment': 10 * MINUTE },
  environments: { production: ['production'], staging: ['staging'] },
  incidentWindow: DAY,
};

/** A little up and a little down, the same each time. */
const wave = (index: number) => 1 + 0.25 * Math.sin(index * 1.7);

function trendOf(options: {
  weeks: number;
  from: number;
  to: number;
  more?: (value: number, index: number) => object;
}): MetricReport['trend'] {
  const { weeks, from, to, more } = options;
  return sampleWeeks(weeks).map((week, index) => {
    const value =
      (from + ((to - from) * index) / Math.max(1, weeks - 1)) * wave(index);
    return { week, value, count: 10, ...more?.(value, index) };
  });
}

/** All metrics of 23 services, most of them getting better. */
export function sampleSummary(
  options: { weeks?: number; sample?: boolean } = {},
): SummaryReport {
  const { weeks = 26, sample = true } = options;
  const coverage = { withData: 18, inScope: 23 };
  const mondays = sampleWeeks(weeks);
  return {
    from: mondays[0],
    to: '2026-11-22',
    timeZone: 'UTC',
    sample,
    metrics: [
      {
        id: 'time-to-first-deployment',
        value: 8 * MINUTE,
        p90: 14 * MINUTE,
        count: 12,
        censored: 2,
        coverage: { withData: 10, inScope: 12 },
        target: { value: 10 * MINUTE, from: 'config' },
        met: true,
        previous: { value: 16 * MINUTE, count: 9 },
        trend: trendOf({
          weeks,
          from: 20 * MINUTE,
          to: 7 * MINUTE,
          more: (value, index) =>
            index % 4 === 3
              ? { value: undefined, count: 0 }
              : { p90: value * 1.7 },
        }),
        parts: [
          { id: 'staging', title: 'Staging', value: 8 * MINUTE, count: 12 },
          { id: 'production', title: 'Production', value: 3 * DAY, count: 9 },
        ],
      },
      {
        id: 'deployment-frequency',
        value: 31.4,
        count: 816,
        claimed: 14,
        coverage,
        target: { value: 28, from: 'baseline' },
        met: true,
        baseline: { value: 28, count: 364 },
        trend: trendOf({
          weeks,
          from: 22,
          to: 36,
          more: (value, index) => ({
            value: Math.round(value),
            claimed: index % 5 === 0 ? 3 : 0,
          }),
        }),
        parts: [
          { id: 'production', title: 'Production', value: 31.4, count: 816 },
          { id: 'staging', title: 'Staging', value: 58.2, count: 1513 },
        ],
      },
      {
        id: 'adoption',
        value: 19 / 23,
        numerator: 19,
        denominator: 23,
        count: 23,
        coverage: { withData: 23, inScope: 23 },
        previous: { value: 0.7, count: 20 },
        trend: trendOf({
          weeks,
          from: 0.5,
          to: 0.82,
          more: value => ({ value: Math.min(1, value) }),
        }),
      },
      {
        id: 'deviation-rate',
        value: 5 / 19,
        numerator: 5,
        denominator: 19,
        count: 19,
        coverage: { withData: 19, inScope: 23 },
        previous: { value: 0.2, count: 18 },
        trend: trendOf({ weeks, from: 0.3, to: 0.26 }),
        parts: [
          {
            id: 'justified',
            title: 'Justified',
            value: 3 / 19,
            numerator: 3,
            denominator: 19,
            count: 19,
          },
          {
            id: 'unjustified',
            title: 'Unjustified',
            value: 1 / 19,
            numerator: 1,
            denominator: 19,
            count: 19,
          },
          {
            id: 'expired',
            title: 'Expired',
            value: 1 / 19,
            numerator: 1,
            denominator: 19,
            count: 19,
          },
        ],
      },
      {
        id: 'time-to-environment',
        count: 0,
        coverage: { withData: 0, inScope: 23 },
        trend: mondays.map(week => ({ week, count: 0 })),
      },
      {
        id: 'support-load',
        value: 2.3,
        count: 60,
        coverage,
        previous: { value: 2.3, count: 60 },
        trend: trendOf({
          weeks,
          from: 3,
          to: 2,
          more: value => ({ value: Math.round(value) }),
        }),
        parts: [
          { id: 'pipeline', title: 'Pipelines', value: 1.5, count: 39 },
          { id: 'access', title: 'Access', value: 0.8, count: 21 },
        ],
      },
      {
        id: 'change-lead-time',
        value: 5.5 * HOUR,
        p90: 2 * DAY,
        count: 702,
        coverage,
        target: { value: 4 * HOUR, from: 'config' },
        met: false,
        previous: { value: 5 * HOUR, count: 640 },
        trend: trendOf({
          weeks,
          from: 5 * HOUR,
          to: 5.5 * HOUR,
          more: value => ({ p90: value * 7 }),
        }),
      },
      {
        id: 'failed-deployment-recovery-time',
        value: 47 * MINUTE,
        p90: 3 * HOUR,
        count: 38,
        coverage: { withData: 9, inScope: 23 },
        previous: { value: 71 * MINUTE, count: 44 },
        trend: trendOf({
          weeks,
          from: 80 * MINUTE,
          to: 40 * MINUTE,
          more: (value, index) =>
            index % 3 === 0
              ? { value: undefined, count: 0 }
              : { p90: value * 2 },
        }),
      },
      {
        id: 'change-fail-rate',
        value: 38 / 816,
        numerator: 38,
        denominator: 816,
        count: 816,
        coverage,
        previous: { value: 0.061, count: 720 },
        trend: trendOf({ weeks, from: 0.07, to: 0.04 }),
      },
      {
        id: 'deployment-rework-rate',
        value: 21 / 816,
        numerator: 21,
        denominator: 816,
        count: 816,
        coverage,
        previous: { value: 0.031, count: 720 },
        trend: trendOf({ weeks, from: 0.03, to: 0.026 }),
      },
    ],
  };
}

/** Metrics of services of which nothing was heard. */
export function sampleSilence(
  options: { inScope?: number } = {},
): SummaryReport {
  const summary = sampleSummary({ sample: false });
  return {
    ...summary,
    metrics: summary.metrics.map(({ id, trend }) => ({
      id,
      count: 0,
      coverage: { withData: 0, inScope: options.inScope ?? 23 },
      trend: trend.map(({ week }) => ({ week, count: 0 })),
    })),
  };
}

/** As many squads, and the services of nobody. */
export function sampleSquads(count: number): SquadsReport {
  const { from, to, metrics } = sampleSummary();
  const squad = (index: number): SquadsReport['items'][number] => ({
    ownerRef: `group:default/squad-${index + 1}`,
    title: `Squad ${index + 1}`,
    services: index + 3,
    metrics: Object.fromEntries(
      metrics.map(({ id, trend, previous, baseline, ...value }) => [
        id,
        { ...value, ...(value.value && { value: value.value * wave(index) }) },
      ]),
    ),
  });
  return {
    from,
    to,
    items: [
      ...Array.from({ length: count }, (_, index) => squad(index)),
      { services: 1, metrics: {} },
    ],
  };
}

/** A row behind a number, but for what is said otherwise. */
export function sampleRow(row: Partial<MetricRow> = {}): MetricRow {
  return {
    eventId: '4711',
    eventSource: 'https://argo.example/applications/orders',
    entityRef: 'component:default/orders',
    entityTitle: 'Orders',
    ownerRef: 'group:default/squad-1',
    at: '2026-11-18T09:30:00Z',
    label: 'production: orders 1.4.2',
    observed: true,
    ...row,
  };
}
