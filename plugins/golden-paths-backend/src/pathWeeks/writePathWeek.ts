import {
  ColumnValue,
  deleteRows,
  inTransaction,
  insertRows,
  whereAny,
} from '@waymark/backend-support';
import { FilterPredicate } from '@backstage/filter-predicates';
import { Knex } from 'knex';
import { Weeks } from '../calendar/Weeks';
import { whereActiveService } from '../services/whereActiveService';

const TABLE = 'path_weeks';
const VALUES = [
  'template_ref',
  'version',
  'behind',
  'verified',
  'conformant',
  'deviation',
] as const;

interface Standing extends Record<(typeof VALUES)[number], ColumnValue> {
  entity_id: number;
}

/**
 * Writes how active services stand in the present week, where it differs from what is
 * written; past weeks stay as they ended.
 *
 * @param options - `entityIds`: only of these; otherwise of all
 * @internal
 */
export async function writePathWeek(options: {
  knex: Knex;
  now: number;
  services: FilterPredicate;
  weeks: Weeks;
  entityIds?: readonly number[];
}): Promise<void> {
  const { knex, now, services, weeks, entityIds } = options;
  const week = weeks.weekOf(now);
  const narrow = (query: Knex.QueryBuilder, column: string) =>
    entityIds ? whereAny(knex, query, column, entityIds) : query;

  await inTransaction(knex, async tx => {
    const standing: Standing[] = await tx('entities')
      .leftJoin('provenance', 'provenance.entity_id', 'entities.id')
      .leftJoin(
        'template_versions',
        'template_versions.template_ref',
        'provenance.template_ref',
      )
      .modify(query => {
        whereActiveService({ knex: tx, query, predicate: services });
        narrow(query, 'entities.id');
      })
      .select(
        'entities.id as entity_id',
        'provenance.template_ref',
        'provenance.version',
        tx.raw('case when ?? <> ?? then 1 else 0 end as behind', [
          'provenance.version',
          'template_versions.version',
        ]),
        tx.raw('case when ?? then 1 else 0 end as verified', [
          'provenance.verified',
        ]),
        tx.raw('case when ?? then 1 else 0 end as conformant', [
          'provenance.conformant',
        ]),
        worstDeviation(tx),
      );
    const written: Standing[] = await narrow(
      tx(TABLE).where({ week }),
      'entity_id',
    ).select('entity_id', ...VALUES);

    const known = new Map(written.map(row => [row.entity_id, keyOf(row)]));
    const present = new Set(standing.map(row => row.entity_id));
    await deleteRows(tx, {
      table: TABLE,
      keys: ['week', 'entity_id'],
      rows: written
        .filter(row => !present.has(row.entity_id))
        .map(row => [week, row.entity_id]),
    });
    await insertRows(tx, {
      table: TABLE,
      columns: ['week', 'entity_id', ...VALUES],
      rows: standing
        .filter(row => known.get(row.entity_id) !== keyOf(row))
        .map(row => [
          week,
          row.entity_id,
          row.template_ref,
          row.version,
          Boolean(row.behind),
          Boolean(row.verified),
          Boolean(row.conformant),
          row.deviation,
        ]),
      onConflict: { columns: ['week', 'entity_id'], merge: VALUES },
    });
  });
}

/** What is only announced is none; what is asked for or denied is not justified. */
function worstDeviation(tx: Knex.Transaction): Knex.QueryBuilder {
  return tx('deviations')
    .where('deviations.entity_id', tx.ref('entities.id'))
    .whereNot('deviations.kind', 'declared')
    .select(
      tx.raw(`case
        when count(*) = 0 then 'none'
        when sum(case when state not in ('approved', 'expired') then 1 else 0 end) > 0 then 'unjustified'
        when sum(case when state = 'expired' then 1 else 0 end) > 0 then 'expired'
        else 'justified' end`),
    )
    .as('deviation');
}

function keyOf(row: Standing): string {
  return JSON.stringify([
    row.template_ref ?? null,
    row.version ?? null,
    Boolean(row.behind),
    Boolean(row.verified),
    Boolean(row.conformant),
    row.deviation,
  ]);
}
