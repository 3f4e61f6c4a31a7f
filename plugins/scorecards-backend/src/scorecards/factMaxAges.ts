import {
  insertRows,
  toMillis,
  updateRows,
  whereAny,
} from '@waymark/backend-support';
import { analyzeCheck, readsFact } from '@waymark/plugin-scorecards-node';
import { Knex } from 'knex';
import { ScorecardDefinition } from './ScorecardDefinition';

/** What a fact can be called; an expression may look for anything. */
const STORABLE = /^[a-zA-Z][\w.]{0,254}$/;

/**
 * Notes per fact how old it may be for the strictest rule that reads it. Facts
 * that nobody has reported yet are noted too, under the path that a rule reads.
 *
 * @param only - names that are there; default: all
 * @internal
 */
export async function writeFactMaxAges(
  tx: Knex.Transaction,
  definitions: readonly ScorecardDefinition[],
  only?: readonly string[],
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
  const paths = only
    ? []
    : new Set(reads.map(({ segments }) => segments.join('.')));
  const names = await readNames(tx, only);
  const missing = [...paths].filter(
    path => STORABLE.test(path) && !names.some(({ name }) => name === path),
  );
  if (missing.length > 0) {
    await insertRows(tx, {
      table: 'fact_names',
      columns: ['name'],
      rows: missing.sort().map(name => [name]),
      onConflict: { columns: ['name'], merge: [] },
    });
    names.push(...(await readNames(tx, missing)));
  }
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

interface FactNameRow {
  id: number;
  name: string;
  max_age: string | number | null;
}

function readNames(
  tx: Knex,
  names?: readonly string[],
): Promise<FactNameRow[]> {
  const query = tx('fact_names');
  return (names ? whereAny(tx, query, 'name', names) : query).select(
    'id',
    'name',
    'max_age',
  );
}
