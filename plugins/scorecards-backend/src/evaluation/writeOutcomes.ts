import { ColumnValue, deleteRows, insertRows } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Evaluation } from './Evaluation';
import { readOutcomes, StoredOutcome } from './storedOutcomes';

const OUTCOME = [
  'subject_id',
  'rule_id',
  'outcome',
  'rule_revision_id',
  'version',
  'exemption_id',
  'detail',
];

/**
 * What was written.
 *
 * @internal
 */
export interface WrittenOutcomes {
  /** How many, by code; 0: there is none any more. */
  counts: Map<number, number>;
  /** Ids of subjects of which something was written. */
  changed: Set<number>;
  /** Of those the ones whose present version has become evidence. */
  referenced: Set<number>;
}

/**
 * Writes the outcomes that differ, and a transition for each.
 *
 * @param options - `subjects`: indexes of those that may differ; `at`: the time of
 * the transitions of a subject
 * @internal
 */
export async function writeOutcomes(
  tx: Knex.Transaction,
  options: {
    evaluation: Evaluation;
    subjects: readonly number[];
    at: (subject: number) => number;
  },
): Promise<WrittenOutcomes> {
  const { evaluation, subjects, at } = options;
  const { rules } = evaluation.plan;
  const stored = await readOutcomes(
    tx,
    subjects.map(subject => evaluation.subjects[subject].id),
  );
  const outcomes: ColumnValue[][] = [];
  const transitions: ColumnValue[][] = [];
  const gone: ColumnValue[][] = [];
  const written: WrittenOutcomes = {
    counts: new Map(),
    changed: new Set(),
    referenced: new Set(),
  };
  const none: ReadonlyMap<number, StoredOutcome> = new Map();

  for (const subject of subjects) {
    const { id, version } = evaluation.subjects[subject];
    const time = at(subject);
    const before = stored.get(id) ?? none;
    let kept = 0;
    for (let r = 0; r < rules.length; r++) {
      const code = evaluation.code(subject, r);
      if (code === 0) {
        continue;
      }
      const { id: ruleId, revisionId } = rules[r];
      const exemptionId = evaluation.exemptionId(subject, r);
      const detail = evaluation.detail(subject, r);
      const present = before.get(ruleId);
      kept += present ? 1 : 0;
      if (
        present &&
        present.outcome === code &&
        present.ruleRevisionId === revisionId &&
        present.exemptionId === exemptionId &&
        present.detail === detail
      ) {
        continue;
      }
      const row = [
        id,
        ruleId,
        code,
        revisionId,
        version,
        exemptionId,
        detail,
        time,
      ];
      transitions.push(row);
      outcomes.push(
        // With another reason it is still the same outcome
        present?.outcome === code ? [...row.slice(0, -1), present.since] : row,
      );
      written.referenced.add(id);
      written.counts.set(code, (written.counts.get(code) ?? 0) + 1);
    }
    if (kept < before.size) {
      const inForce = new Set(
        rules.flatMap(({ id: ruleId }, r) =>
          evaluation.code(subject, r) === 0 ? [] : [ruleId],
        ),
      );
      for (const { ruleId, ruleRevisionId } of before.values()) {
        if (!inForce.has(ruleId)) {
          gone.push([id, ruleId]);
          transitions.push([
            id,
            ruleId,
            null,
            ruleRevisionId,
            version,
            null,
            null,
            time,
          ]);
          written.counts.set(0, (written.counts.get(0) ?? 0) + 1);
        }
      }
    }
  }
  for (const [id] of transitions) {
    written.changed.add(id as number);
  }

  await deleteRows(tx, {
    table: 'outcomes',
    keys: ['subject_id', 'rule_id'],
    rows: gone,
  });
  await insertRows(tx, {
    table: 'outcomes',
    columns: [...OUTCOME, 'since'],
    rows: outcomes,
    onConflict: {
      columns: ['subject_id', 'rule_id'],
      merge: [...OUTCOME.slice(2), 'since'],
    },
  });
  await insertRows(tx, {
    table: 'outcome_transitions',
    columns: [...OUTCOME, 'at'],
    rows: transitions,
  });
  return written;
}
