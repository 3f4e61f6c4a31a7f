import type { MetricId } from '@waymark/plugin-golden-paths-common';

/** Metrics that belong together, in the order in which they are read. */
export const GROUPS: { title: string; metrics: MetricId[] }[] = [
  {
    title: 'From idea to running',
    metrics: [
      'time-to-first-deployment',
      'time-to-environment',
      'support-load',
    ],
  },
  { title: 'Golden paths', metrics: ['adoption', 'deviation-rate'] },
  {
    title: 'DORA: throughput',
    metrics: [
      'deployment-frequency',
      'change-lead-time',
      'failed-deployment-recovery-time',
    ],
  },
  {
    title: 'DORA: instability',
    metrics: ['change-fail-rate', 'deployment-rework-rate'],
  },
];
