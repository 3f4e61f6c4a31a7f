import { analyzeCheck, readsFact } from '@waymark/plugin-scorecards-node';
import { Knex } from 'knex';
import { insertRows } from '../database/insertRows';
import { toMillis } from '../database/toMillis';
import { updateRows } from '../database/updateRows';
import { ScorecardDefinition } from './ScorecardDefinition';

/** What a fact can be called; an expression may look for anything. */
const STORABLE = /^[a-zA-Z][\w.]{0,254}$/;

/**
 * Notes per fact how old it may be for the strictest rule that reads it. Facts
 * that nobody has reported yet are noted too, under the path that a rule reads.
 *
 * @internal
 */
export async function writeFactMaxAges(
  tx: Knex.Transaction,
  definitions: readonly ScorecardDefinition[],
): Promise<void> {
  const reads = definitions.flatMap(({ rules }) =>
    rules.flatMap(({ check, maxAge }) =>
      maxAge === undefined
        ? []
        : analyzeCheck(check).factPaths.map(({ segments }) => ({
            segments,
            maxAge,
          })),
    ),
  );
  await insertRows(tx, {
    table: 'fact_names',
    columns: ['name'],
    rows: [...new Set(reads.map(({ segments }) => segments.join('.')))]
      .filter(name => STORABLE.test(name))
      .map(name => [name]),
    onConflict: { columns: ['name'], merge: [] },
  });
  const names: {
    id: number;
    name: string;
    max_age: string | number | null;
  }[] = await tx('fact_names').select('id', 'name', 'max_age');
  await updateRows(tx, {
    table: 'fact_names',
    keys: ['id'],
    columns: ['max_age'],
    rows: names.flatMap(({ id, name, max_age: before }) => {
      const ages = reads.flatMap(({ segments, maxAge }) =>
        readsFact(segments, name) ? [maxAge] : [],
      );
      const maxAge = ages.length > 0 ? Math.min(...ages) : undefined;
      return maxAge === toMillis(before) ? [] : [[id, maxAge]];
    }),
  });
}
