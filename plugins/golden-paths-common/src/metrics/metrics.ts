/**
 * The ids of all metrics of delivery.
 *
 * @public
 */
export type MetricId =
  | 'time-to-first-deployment'
  | 'deployment-frequency'
  | 'adoption'
  | 'deviation-rate'
  | 'time-to-environment'
  | 'support-load'
  | 'change-lead-time'
  | 'failed-deployment-recovery-time'
  | 'change-fail-rate'
  | 'deployment-rework-rate';

/**
 * What the number of a metric is: a duration in milliseconds, a number of events
 * per week, or a share from 0 to 1.
 *
 * @public
 */
export type MetricUnit = 'duration' | 'per-week' | 'share';

/**
 * What a metric says, and what it is made of.
 *
 * @public
 */
export interface MetricDefinition {
  id: MetricId;
  title: string;
  unit: MetricUnit;
  /** Which direction is good; for the words and the mark of a trend. */
  better: 'lower' | 'higher';
  /** How it is computed, in plain words; Markdown. */
  definition: string;
  /** Where the definition comes from. */
  source: { title: string; url?: string };
  /** The events without which there is nothing to say, as `service.deployed`. */
  events: string[];
}
