import { selectRows, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { FactRow } from './compareFact';
import { DatabaseFactRow, FACT_COLUMNS, fromDatabase } from './factRows';

/**
 * Names one fact of one subject.
 *
 * @internal
 */
export type FactKey = Pick<FactRow, 'subjectId' | 'factId'>;

/**
 * The facts with some keys, as far as there are any.
 *
 * @internal
 */
export async function readFacts(
  tx: Knex.Transaction,
  keys: readonly FactKey[],
): Promise<FactRow[]> {
  const rows = await selectRows<DatabaseFactRow>(tx, {
    table: 'facts',
    keys: ['subject_id', 'fact_id'],
    rows: keys.map(({ subjectId, factId }) => [subjectId, factId]),
    columns: FACT_COLUMNS,
  });
  return rows.map(fromDatabase);
}

/**
 * What a collector said about subjects.
 *
 * @internal
 */
export async function readFactsOfCollector(
  tx: Knex.Transaction,
  options: { collectorId: string; subjectIds: readonly number[] },
): Promise<FactRow[]> {
  const { collectorId, subjectIds } = options;
  const rows: DatabaseFactRow[] = await whereAny(
    tx,
    tx('facts').where({ collector_id: collectorId }),
    'subject_id',
    subjectIds,
  ).select(...FACT_COLUMNS);
  return rows.map(fromDatabase);
}

/**
 * How many facts subjects have; those without any are missing.
 *
 * @internal
 */
export async function countFacts(
  tx: Knex.Transaction,
  subjectIds: readonly number[],
): Promise<Map<number, number>> {
  const rows: { subject_id: number; facts: string | number }[] = await whereAny(
    tx,
    tx('facts'),
    'subject_id',
    subjectIds,
  )
    .groupBy('subject_id')
    .select('subject_id')
    .count({ facts: '*' });
  return new Map(rows.map(row => [row.subject_id, Number(row.facts)]));
}
