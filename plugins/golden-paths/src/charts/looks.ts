import type { WeekSeries } from './weeks';

/** Never told apart by colour alone: the second one is dashed, what is claimed hatched. */
export const LOOKS: {
  [look in WeekSeries['look']]: { color: string; dashes?: string };
} = {
  main: { color: 'var(--bui-accent-bg)' },
  second: { color: 'var(--bui-fg-secondary)', dashes: '5 3' },
  claimed: { color: 'var(--bui-fg-secondary)' },
};
