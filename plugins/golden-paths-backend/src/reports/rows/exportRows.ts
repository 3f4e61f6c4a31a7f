import { MetricRow } from '@waymark/plugin-golden-paths-common';
import { csvLine } from '@waymark/backend-support';
import { readRows, RowPosition } from './readRows';

const BATCH = 500;

/** The columns of the file, in their order. */
const COLUMNS: [
  string,
  (row: MetricRow) => string | number | boolean | undefined,
][] = [
  ['at', row => row.at],
  ['entity', row => row.entityRef],
  ['title', row => row.entityTitle],
  ['owner', row => row.ownerRef],
  ['what', row => row.label],
  ['value', row => row.value],
  ['counted', row => row.counted],
  ['observed', row => row.observed],
  ['sample', row => row.sample],
  ['event', row => row.eventId],
  ['source', row => row.eventSource],
  ['url', row => row.url],
];

/**
 * All rows behind a number as lines of CSV, some at a time.
 *
 * @internal
 */
export async function* exportRows(
  options: Omit<Parameters<typeof readRows>[0], 'after' | 'limit'>,
): AsyncIterable<string> {
  yield csvLine(COLUMNS.map(([name]) => name));
  let after: RowPosition | undefined;
  do {
    const page = await readRows({ ...options, after, limit: BATCH });
    yield page.items
      .map(row => csvLine(COLUMNS.map(([, cell]) => cell(row))))
      .join('');
    after = page.next;
  } while (after);
}
