import type { HeatmapReport } from '@waymark/plugin-scorecards-common';

/** By what the entities of a scorecard can be told apart. */
export const VIEWS: Record<
  HeatmapReport['by'],
  {
    label: string;
    plural: string;
    /** Those that belong to none. */
    none: string;
    /** Of the list of services. */
    parameter: 'owner' | 'system' | 'domain';
  }
> = {
  group: {
    label: 'Group',
    plural: 'Groups',
    none: 'No group',
    parameter: 'owner',
  },
  system: {
    label: 'System',
    plural: 'Systems',
    none: 'No system',
    parameter: 'system',
  },
  domain: {
    label: 'Domain',
    plural: 'Domains',
    none: 'No domain',
    parameter: 'domain',
  },
};
