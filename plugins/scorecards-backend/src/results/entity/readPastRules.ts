import { toMillis, whereAny } from '@waymark/backend-support';
import { RuleOutcome } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { OUTCOME_OF_CODE } from '../../evaluation/outcomeOfCode';

/** The outcome of a rule for a subject at a time. */
export interface PastRule {
  outcome: RuleOutcome;
  ruleRevisionId: number;
  /** Of the subject. */
  version: number;
  /** In milliseconds. */
  since: number;
  detail?: string;
  exemptionId?: number;
}

/**
 * How rules came out at a time.
 *
 * @param options - `at`: in milliseconds; `ruleIds`: default: all
 * @returns by the id of the subject, by the id of the rule
 * @internal
 */
export async function readPastRules(options: {
  knex: Knex;
  subjectIds: readonly number[];
  ruleIds?: readonly number[];
  at: number;
}): Promise<ReadonlyMap<number, ReadonlyMap<number, PastRule>>> {
  const { knex, subjectIds, ruleIds, at } = options;
  const query = knex('outcome_transitions')
    .where('at', '<=', at)
    .orderBy('id')
    .select(
      'subject_id',
      'rule_id',
      'at',
      'outcome',
      'rule_revision_id',
      'version',
      'exemption_id',
      'detail',
    );
  whereAny(knex, query, 'subject_id', subjectIds);
  if (ruleIds) {
    whereAny(knex, query, 'rule_id', ruleIds);
  }
  const subjects = new Map<number, Map<number, PastRule>>(
    subjectIds.map(id => [id, new Map()]),
  );
  for (const row of await query) {
    const rules = subjects.get(row.subject_id);
    if (row.outcome === null) {
      rules?.delete(row.rule_id);
      continue;
    }
    const outcome = OUTCOME_OF_CODE[row.outcome];
    const before = rules?.get(row.rule_id);
    rules?.set(row.rule_id, {
      outcome,
      ruleRevisionId: row.rule_revision_id,
      version: row.version,
      // Another revision of the rule with the same outcome is no new outcome
      since: before?.outcome === outcome ? before.since : toMillis(row.at),
      detail: row.detail ?? undefined,
      exemptionId: row.exemption_id ?? undefined,
    });
  }
  return subjects;
}
