import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { parseScorecard } from './parseScorecard';
import { ScorecardDefinition } from './ScorecardDefinition';

/** What `scorecard_revisions.rules` holds, as JSON. */
export type RuleIds = { [key: string]: { id: number; revisionId: number } };

interface ScorecardRow {
  id: number;
  revision_id: number;
  levels_revision_id: number;
}

/**
 * Scorecards as one revision of each says.
 *
 * @internal
 */
export async function readDefinitions(
  tx: Knex,
  scorecards: readonly ScorecardRow[],
): Promise<ScorecardDefinition[]> {
  const revisions: { id: number; definition: string; rules: string }[] =
    await whereAny(
      tx,
      tx('scorecard_revisions'),
      'id',
      scorecards.map(({ revision_id: id }) => id),
    ).select('id', 'definition', 'rules');
  const byId = new Map(revisions.map(revision => [revision.id, revision]));

  return scorecards.flatMap(row => {
    const revision = byId.get(row.revision_id);
    if (!revision) {
      return [];
    }
    const parsed = parseScorecard(JSON.parse(revision.definition));
    const ruleIds: RuleIds = JSON.parse(revision.rules);
    return [
      {
        ...parsed,
        id: row.id,
        revisionId: row.revision_id,
        levelsRevisionId: row.levels_revision_id,
        rules: parsed.rules.map(rule => ({ ...rule, ...ruleIds[rule.key] })),
      },
    ];
  });
}

/**
 * The scorecards in the catalog that are not retired.
 *
 * @internal
 */
export async function readInForce(tx: Knex): Promise<ScorecardDefinition[]> {
  return readDefinitions(
    tx,
    await tx('scorecards')
      .whereNull('deleted_at')
      .whereNot({ lifecycle: 'retired' })
      .orderBy('id')
      .select('id', 'revision_id', 'levels_revision_id'),
  );
}
