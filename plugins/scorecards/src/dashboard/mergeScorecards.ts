import type { LevelCount } from '@waymark/plugin-scorecards-common';
import type { TrendPoint } from '../charts/trend';

type Levels = { id: string; title: string }[];

/** What several scorecards can be told by where their levels differ. */
const COMMON: Levels = [
  { id: 'between', title: 'A level below the highest' },
  { id: 'highest', title: 'The highest level' },
];

/**
 * Several scorecards as one: each entity counts once per scorecard that is about it.
 * Where they do not have the same levels, only the highest one is comparable, and
 * to have none.
 */
export interface Merged {
  levels: Levels;
  /** @param counts - in the order of the scorecards */
  sum(counts: LevelCount[][]): LevelCount[];
  /** @param trends - in the order of the scorecards; a day sums up those that have it */
  sumTrends(trends: TrendPoint[][]): TrendPoint[];
}

/** Finds what several scorecards have in common. At least one. */
export function mergeScorecards(scorecards: { levels: Levels }[]): Merged {
  const keyOf = ({ levels }: { levels: Levels }) =>
    JSON.stringify(levels.map(({ id, title }) => [id, title]));
  const isSame = new Set(scorecards.map(keyOf)).size === 1;
  const levels = isSame ? scorecards[0].levels : COMMON;

  const commonLevel = (scorecard: number, level: string | undefined) => {
    const own = scorecards[scorecard].levels;
    if (isSame || level === undefined) {
      return level;
    }
    return own[own.length - 1]?.id === level ? 'highest' : 'between';
  };
  const sum = (counts: LevelCount[][]): LevelCount[] => {
    const sums = new Map<string | undefined, number>();
    counts.forEach((each, scorecard) => {
      for (const { level, entities } of each) {
        const common = commonLevel(scorecard, level);
        sums.set(common, (sums.get(common) ?? 0) + entities);
      }
    });
    return [undefined, ...levels.map(({ id }) => id)].map(level => ({
      level,
      entities: sums.get(level) ?? 0,
    }));
  };
  return {
    levels,
    sum,
    sumTrends: trends => {
      const days = new Map<string, LevelCount[][]>();
      trends.forEach((points, scorecard) => {
        for (const { day, entities } of points) {
          const counts = days.get(day) ?? scorecards.map(() => []);
          counts[scorecard] = entities;
          days.set(day, counts);
        }
      });
      return [...days]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([day, counts]) => ({ day, entities: sum(counts) }));
    },
  };
}
