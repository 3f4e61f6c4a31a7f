import { inTransaction, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { lockDefinitions } from './definitionLock';
import { RuleIds } from './readDefinitions';

/**
 * Forgets scorecards that left the catalog before a time, and revisions that were
 * no longer in force then and that no transition points to.
 *
 * @internal
 */
export async function forgetDefinitions(
  knex: Knex,
  options: { before: number },
): Promise<void> {
  const { before } = options;
  // The long look is taken before anybody is kept waiting: what is in no use now
  // can come into use again only by being in force, which is looked at below
  const unused: { id: number }[] = await knex('rule_revisions as r')
    .where('r.created_at', '<', before)
    .whereNotIn(
      'r.id',
      knex('outcome_transitions').distinct('rule_revision_id'),
    )
    .select('r.id');

  await inTransaction(knex, async tx => {
    await lockDefinitions(tx, 'exclusive');
    const gone = tx('scorecards').where('deleted_at', '<', before).select('id');
    const goneRules = tx('rules').whereIn('scorecard_id', gone).select('id');
    await tx('exemptions').whereIn('rule_id', goneRules).delete();
    await tx('rule_revisions').whereIn('rule_id', goneRules).delete();
    await tx('rules').whereIn('scorecard_id', gone).delete();
    await tx('level_rollups').whereIn('scorecard_id', gone).delete();
    await tx('scorecard_revisions').whereIn('scorecard_id', gone).delete();
    await tx('scorecards').where('deleted_at', '<', before).delete();

    await tx('scorecard_revisions')
      .whereExists(
        tx('scorecard_revisions as n')
          .select(tx.raw('1'))
          .whereRaw('?? = ??', [
            'n.scorecard_id',
            'scorecard_revisions.scorecard_id',
          ])
          .whereRaw('?? > ??', ['n.id', 'scorecard_revisions.id'])
          .where('n.created_at', '<=', before),
      )
      .whereNotIn('id', tx('scorecards').select('revision_id'))
      .whereNotIn('id', tx('scorecards').select('levels_revision_id'))
      .whereNotIn(
        'id',
        tx('standing_transitions').distinct('scorecard_revision_id'),
      )
      .delete();

    const revisions: { rules: string }[] = await tx(
      'scorecard_revisions',
    ).select('rules');
    const named = new Set(
      revisions.flatMap(({ rules }) =>
        Object.values(JSON.parse(rules) as RuleIds).map(
          ({ revisionId }) => revisionId,
        ),
      ),
    );
    await whereAny(
      tx,
      tx('rule_revisions'),
      'id',
      unused.map(({ id }) => id).filter(id => !named.has(id)),
    ).delete();
  });
}
