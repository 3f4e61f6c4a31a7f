import type { PreviewResponse } from '@waymark/plugin-scorecards-common';
import { formatNumber } from '@waymark/ui';

type Levels = PreviewResponse['levels'];
type Move = PreviewResponse['impact']['moves'][number];

/** `other`: between levels of which one is no more, so that nobody can say. */
export type Direction = 'down' | 'up' | 'other';

/** The title of a level; one that the scorecard no longer has goes by its id. */
export function titleOf(levels: Levels, level: string | undefined): string {
  return level === undefined
    ? 'No level'
    : levels.find(({ id }) => id === level)?.title ?? level;
}

/** Whether a move leads to a higher level or a lower one. */
export function directionOf(
  levels: Levels,
  move: Pick<Move, 'from' | 'to'>,
): Direction {
  const rank = (level: string | undefined) =>
    level === undefined ? 0 : levels.findIndex(({ id }) => id === level) + 1;
  const isGone = (level: string | undefined) =>
    level !== undefined && rank(level) === 0;
  if (isGone(move.from) || isGone(move.to)) {
    return 'other';
  }
  return rank(move.to) < rank(move.from) ? 'down' : 'up';
}

const count = (entities: number, one: string, many: string) =>
  `${formatNumber(entities)} ${entities === 1 ? one : many}`;

/** What a preview comes to, in a few sentences. */
export function describeImpact(value: PreviewResponse): string[] {
  const { levels, entities, impact } = value;
  const total = entities.reduce((sum, each) => sum + each.entities, 0);
  const { published, moves, joining, leaving } = impact;
  if (total === 0 && leaving === 0) {
    return [
      'It is about nothing: no entity that you may see is like appliesTo says.',
    ];
  }
  if (!published) {
    return [
      `No scorecard of this name is in force: it would be new for ${count(
        total,
        'entity',
        'entities',
      )}.`,
    ];
  }
  const sum = (direction: Direction) =>
    moves
      .filter(move => directionOf(levels, move) === direction)
      .reduce((all, move) => all + move.entities, 0);
  const [down, up, other] = [sum('down'), sum('up'), sum('other')];
  const sentences = [];
  if (down + up + other > 0) {
    sentences.push(
      `Of ${count(total, 'entity', 'entities')}, ${[
        down > 0 && `${formatNumber(down)} would move down`,
        up > 0 && `${formatNumber(up)} would move up`,
        other > 0 && `${formatNumber(other)} would move to another level`,
      ]
        .filter(Boolean)
        .join(' and ')}.`,
    );
  }
  if (joining > 0) {
    sentences.push(
      `${count(joining, 'entity', 'entities')} would be new to the scorecard.`,
    );
  }
  if (leaving > 0) {
    sentences.push(
      `${count(leaving, 'entity', 'entities')} would no longer be part of it.`,
    );
  }
  return sentences.length > 0
    ? sentences
    : [
        `Nothing would change: ${
          total === 1
            ? 'the one entity stays on its level'
            : `all ${formatNumber(total)} entities stay on their level`
        }.`,
      ];
}
