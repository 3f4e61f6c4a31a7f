import { isPostgres, toMillis, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Evaluation } from './Evaluation';

/**
 * An outcome as it is stored.
 *
 * @internal
 */
export interface StoredOutcome {
  ruleId: number;
  outcome: number;
  ruleRevisionId: number;
  since: number;
  exemptionId: number | undefined;
  detail: string | undefined;
}

/**
 * All outcomes of each subject as one text, in the order of the rules: a hundred
 * times fewer rows to carry, and comparing is comparing two texts. {@link
 * packedOutcomes} makes the same of an evaluation.
 *
 * @internal
 */
export async function readPackedOutcomes(
  tx: Knex,
  subjectIds: readonly number[],
): Promise<Map<number, string>> {
  const aggregate = isPostgres(tx) ? 'string_agg' : 'group_concat';
  const rows: { subject_id: number; packed: string }[] = await whereAny(
    tx,
    tx('outcomes'),
    'subject_id',
    subjectIds,
  )
    .groupBy('subject_id')
    .select(
      'subject_id',
      tx.raw(
        `${aggregate}(
           rule_revision_id || '.' || outcome
             || coalesce('e' || exemption_id, '')
             || coalesce('d' || length(detail) || '.' || detail, ''),
           ' ' order by rule_id
         ) as packed`,
      ),
    );
  return new Map(rows.map(row => [row.subject_id, row.packed]));
}

/**
 * What {@link readPackedOutcomes} gives when everything is stored.
 *
 * @returns `undefined` when the subject has no outcome
 * @internal
 */
export function packedOutcomes(
  evaluation: Evaluation,
  subject: number,
): string | undefined {
  const { rules } = evaluation.plan;
  let packed: string | undefined;
  for (let rule = 0; rule < rules.length; rule++) {
    const code = evaluation.code(subject, rule);
    if (code === 0) {
      continue;
    }
    let item = `${rules[rule].revisionId}.${code}`;
    const exemptionId = evaluation.exemptionId(subject, rule);
    if (exemptionId !== undefined) {
      item += `e${exemptionId}`;
    }
    const detail = evaluation.detail(subject, rule);
    if (detail !== undefined) {
      // Databases count characters, not halves of them
      item += `d${[...detail].length}.${detail}`;
    }
    packed = packed === undefined ? item : `${packed} ${item}`;
  }
  return packed;
}

interface OutcomeRow {
  subject_id: number;
  rule_id: number;
  outcome: number;
  rule_revision_id: number;
  since: string | number;
  exemption_id: number | null;
  detail: string | null;
}

/**
 * The outcomes of subjects, one by one, by the id of the subject and of the rule.
 *
 * @internal
 */
export async function readOutcomes(
  tx: Knex,
  subjectIds: readonly number[],
): Promise<Map<number, Map<number, StoredOutcome>>> {
  const rows: OutcomeRow[] = await whereAny(
    tx,
    tx('outcomes'),
    'subject_id',
    subjectIds,
  ).select(
    'subject_id',
    'rule_id',
    'outcome',
    'rule_revision_id',
    'since',
    'exemption_id',
    'detail',
  );
  const stored = new Map<number, Map<number, StoredOutcome>>();
  for (const row of rows) {
    let ofSubject = stored.get(row.subject_id);
    if (!ofSubject) {
      ofSubject = new Map();
      stored.set(row.subject_id, ofSubject);
    }
    ofSubject.set(row.rule_id, {
      ruleId: row.rule_id,
      outcome: row.outcome,
      ruleRevisionId: row.rule_revision_id,
      since: toMillis(row.since),
      exemptionId: row.exemption_id ?? undefined,
      detail: row.detail ?? undefined,
    });
  }
  return stored;
}
