import { inSnapshot } from '@waymark/backend-support';
import { LevelsReport } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { ReportScope } from './ReportScope';
import { countStandingsAsOf } from './standings';

/**
 * Where each scorecard stands, or stood at a time.
 *
 * @internal
 */
export async function levelsReport(options: {
  knex: Knex;
  scope: ReportScope;
  now: number;
  /** In milliseconds. Default: now. */
  asOf?: number;
}): Promise<LevelsReport> {
  const { knex, scope, now, asOf } = options;
  const tallies = await inSnapshot(knex, tx =>
    countStandingsAsOf(tx, scope, asOf),
  );
  return {
    asOf: new Date(asOf ?? now).toISOString(),
    scorecards: scope.scorecards.map(scorecard => ({
      scorecardRef: scorecard.ref,
      title: scorecard.title,
      levels: scorecard.levels,
      entities: tallies.get(scorecard.id)?.entities(scorecard) ?? [],
      meanScore: tallies.get(scorecard.id)?.meanScore,
    })),
  };
}
