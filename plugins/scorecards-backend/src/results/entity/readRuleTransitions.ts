import { toMillis } from '@waymark/backend-support';
import { Page, RuleTransition } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { OUTCOME_OF_CODE } from '../../evaluation/outcomeOfCode';
import { resolveEvidence } from '../evidence/resolveEvidence';
import { RuleRevisions } from '../RuleRevisions';
import { readExemptions } from './readExemptions';
import { VersionedEvidence } from './VersionedEvidence';

/**
 * How the outcome of one rule for one entity came to be what it is, newest first.
 *
 * @param options - `before`: the id of the last transition of the page before
 * @returns `next`: for the page after it
 * @internal
 */
export async function readRuleTransitions(options: {
  knex: Knex;
  subjectId: number;
  ruleId: number;
  revisions: RuleRevisions;
  before?: number;
  limit: number;
  now: number;
}): Promise<Pick<Page<RuleTransition>, 'items'> & { next?: number }> {
  const { knex, subjectId, ruleId, before, limit, now } = options;
  const query = knex('outcome_transitions')
    .where({ subject_id: subjectId, rule_id: ruleId })
    .orderBy('id', 'desc')
    // One for the next page, which is also the one before the last of this page
    .limit(limit + 1)
    .select(
      'id',
      'at',
      'outcome',
      'rule_revision_id',
      'version',
      'exemption_id',
      'detail',
    );
  if (before !== undefined) {
    query.where('id', '<', before);
  }
  const rows = await query;
  const page = rows.slice(0, limit);
  const revisions = await options.revisions.get(
    page.map(row => row.rule_revision_id),
  );
  const evidence = await VersionedEvidence.read(knex, subjectId);
  const exemptions = await readExemptions({ knex, subjectId, now });

  const items = page.map((row, index): RuleTransition => {
    const earlier = rows[index + 1];
    const rule = revisions.get(row.rule_revision_id);
    const exemption = exemptions.get(row.exemption_id);
    const at = toMillis(row.at);
    const transition: RuleTransition = {
      at: new Date(at).toISOString(),
      ruleChanged:
        earlier !== undefined &&
        earlier.rule_revision_id !== row.rule_revision_id,
    };
    if (row.outcome !== null && rule) {
      const outcome = OUTCOME_OF_CODE[row.outcome];
      transition.outcome = outcome;
      transition.evidence = resolveEvidence({
        rule,
        outcome,
        detail: row.detail ?? undefined,
        source: evidence.at(row.version),
        at,
        isPast: true,
        excused: exemption && {
          until: exemption.expiresAt,
          reason: exemption.reason,
        },
      });
    }
    if (exemption) {
      transition.exemption = exemption;
    }
    return transition;
  });
  return {
    items,
    ...(rows.length > limit && { next: Number(page[limit - 1].id) }),
  };
}
