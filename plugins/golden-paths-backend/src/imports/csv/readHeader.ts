import { InputError } from '@backstage/errors';

/** @internal */
export const COLUMNS = [
  'time',
  'entity',
  'environment',
  'artifact',
  'revision',
  'kind',
  'url',
] as const;

const NEEDED = ['time', 'entity', 'environment'];

/** @internal */
export type Column = (typeof COLUMNS)[number];

/**
 * What each cell of a line is.
 *
 * @internal
 * @throws InputError that names a column which is missing, unknown or there twice
 */
export function readHeader(cells: string[]): Column[] {
  const names = cells.map(cell => cell.trim().toLowerCase());
  const unknown = names.find(name => !COLUMNS.includes(name as Column));
  if (unknown !== undefined) {
    throw new InputError(
      `Line 1: ${JSON.stringify(
        unknown.slice(0, 100),
      )} is none of the columns ${COLUMNS.join(
        ',',
      )}. Cells are separated by commas`,
    );
  }
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    throw new InputError(`Line 1: the column ${twice} is there twice`);
  }
  const missing = NEEDED.find(name => !names.includes(name));
  if (missing !== undefined) {
    throw new InputError(`Line 1: the column ${missing} is missing`);
  }
  return names as Column[];
}
