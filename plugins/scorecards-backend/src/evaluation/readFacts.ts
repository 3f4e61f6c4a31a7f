import { toMillis, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { SubjectToEvaluate } from '../rules/RuleEvaluator';

interface FactRow {
  subject_id: number;
  name: string;
  value: string;
  observed_at: string | number;
}

/**
 * The facts of subjects, by the id of the subject.
 *
 * @internal
 */
export async function readFacts(
  tx: Knex,
  subjectIds: readonly number[],
): Promise<Map<number, SubjectToEvaluate['facts'][number][]>> {
  const rows: FactRow[] = await whereAny(
    tx,
    tx('facts as f').join('fact_names as n', 'n.id', 'f.fact_id'),
    'f.subject_id',
    subjectIds,
  ).select('f.subject_id', 'n.name', 'f.value', 'f.observed_at');
  const facts = new Map<number, SubjectToEvaluate['facts'][number][]>();
  for (const row of rows) {
    let ofSubject = facts.get(row.subject_id);
    if (!ofSubject) {
      ofSubject = [];
      facts.set(row.subject_id, ofSubject);
    }
    ofSubject.push([row.name, row.value, toMillis(row.observed_at)]);
  }
  return facts;
}
