import { insertRows, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { ParsedScorecard, ruleRevision } from './parseScorecard';
import { RuleIds } from './readDefinitions';

/**
 * Writes the rules of scorecards with their revisions, as far as they are not
 * there. A rule that came back is the one it was.
 *
 * @returns by the id of the scorecard
 * @internal
 */
export async function writeRules(
  tx: Knex.Transaction,
  options: {
    scorecards: { id: number; scorecard: ParsedScorecard }[];
    now: number;
  },
): Promise<Map<number, RuleIds>> {
  const { scorecards, now } = options;
  await insertRows(tx, {
    table: 'rules',
    columns: ['scorecard_id', 'rule_key'],
    rows: scorecards.flatMap(({ id, scorecard }) =>
      scorecard.rules.map(({ key }) => [id, key]),
    ),
    onConflict: { columns: ['scorecard_id', 'rule_key'], merge: [] },
  });
  const rules: { id: number; scorecard_id: number; rule_key: string }[] =
    await whereAny(
      tx,
      tx('rules'),
      'scorecard_id',
      scorecards.map(({ id }) => id),
    ).select('id', 'scorecard_id', 'rule_key');
  const ruleIds = new Map(
    rules.map(rule => [`${rule.scorecard_id} ${rule.rule_key}`, rule.id]),
  );

  const wanted = scorecards.flatMap(({ id, scorecard }) =>
    scorecard.rules.map(rule => ({
      scorecardId: id,
      key: rule.key,
      ruleId: ruleIds.get(`${id} ${rule.key}`)!,
      ...ruleRevision(scorecard, rule),
    })),
  );
  await insertRows(tx, {
    table: 'rule_revisions',
    columns: ['rule_id', 'digest', 'created_at', 'definition'],
    rows: wanted.map(({ ruleId, digest, definition }) => [
      ruleId,
      digest,
      now,
      definition,
    ]),
    onConflict: { columns: ['rule_id', 'digest'], merge: [] },
  });
  const revisions: { id: number; rule_id: number; digest: string }[] =
    await whereAny(
      tx,
      tx('rule_revisions'),
      'rule_id',
      wanted.map(({ ruleId }) => ruleId),
    ).select('id', 'rule_id', 'digest');
  const revisionIds = new Map(
    revisions.map(({ id, rule_id: ruleId, digest }) => [
      `${ruleId} ${digest}`,
      id,
    ]),
  );

  const result = new Map<number, RuleIds>();
  for (const { scorecardId, key, ruleId, digest } of wanted) {
    const ofScorecard = result.get(scorecardId) ?? {};
    ofScorecard[key] = {
      id: ruleId,
      revisionId: revisionIds.get(`${ruleId} ${digest}`)!,
    };
    result.set(scorecardId, ofScorecard);
  }
  return result;
}
