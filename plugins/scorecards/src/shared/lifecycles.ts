import type { ScorecardLifecycle } from '@waymark/plugin-scorecards-common';

/** What the lifecycle of a scorecard means for its readers. */
export const LIFECYCLES: Record<
  ScorecardLifecycle,
  { label: string; notice?: string }
> = {
  draft: {
    label: 'Draft',
    notice: 'Draft: only you and your group see it. Nothing counts yet.',
  },
  live: { label: 'Live' },
  retired: {
    label: 'Retired',
    notice:
      'Retired: it judges nothing any more. What was can still be looked up for a day of the past.',
  },
};
