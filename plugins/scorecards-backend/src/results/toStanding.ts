import { Standing } from '@waymark/plugin-scorecards-common';
import { ScorecardDefinition } from '../scorecards/ScorecardDefinition';

/**
 * A stored standing in the words of its scorecard.
 *
 * @internal
 */
export function toStanding(
  row: {
    level: number;
    throughExemption: boolean;
    score?: number;
    since: number;
  },
  { levels }: Pick<ScorecardDefinition, 'levels'>,
): Standing {
  const level = levels[row.level - 1];
  return {
    ...(level && { level: level.id }),
    throughExemption: row.throughExemption,
    ...(row.score !== undefined && { score: row.score }),
    since: new Date(row.since).toISOString(),
  };
}
