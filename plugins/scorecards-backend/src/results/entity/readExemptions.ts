import { Exemption } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import {
  exemptionColumns,
  ExemptionRow,
  exemptionRows,
  toExemption,
} from '../../exemptions/ExemptionRow';

/**
 * All exemptions of an entity, by their id.
 *
 * @internal
 */
export async function readExemptions(options: {
  knex: Knex;
  subjectId: number;
  now: number;
}): Promise<ReadonlyMap<number, Exemption>> {
  const { knex, subjectId, now } = options;
  const rows: ExemptionRow[] = await exemptionRows(knex)
    .where('exemptions.subject_id', subjectId)
    .orderBy('exemptions.id')
    .select(exemptionColumns);
  return new Map(rows.map(row => [row.id, toExemption(row, now)]));
}
