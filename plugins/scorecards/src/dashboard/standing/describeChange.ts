import type { LevelCount } from '@waymark/plugin-scorecards-common';
import { formatNumber } from '@waymark/ui';

/**
 * What is different from before, in words, the highest level first.
 *
 * @returns such as `2 more on Gold, 3 fewer without a level`; empty when nothing is
 */
export function describeChange(
  levels: { id: string; title: string }[],
  before: LevelCount[],
  now: LevelCount[],
): string {
  const countIn = (counts: LevelCount[], id: string | undefined) =>
    counts.find(({ level }) => level === id)?.entities ?? 0;
  return [...levels]
    .reverse()
    .map(({ id, title }) => ({
      id: id as string | undefined,
      at: `on ${title}`,
    }))
    .concat({ id: undefined, at: 'without a level' })
    .flatMap(({ id, at }) => {
      const change = countIn(now, id) - countIn(before, id);
      return change === 0
        ? []
        : `${formatNumber(Math.abs(change))} ${
            change > 0 ? 'more' : 'fewer'
          } ${at}`;
    })
    .join(', ');
}
