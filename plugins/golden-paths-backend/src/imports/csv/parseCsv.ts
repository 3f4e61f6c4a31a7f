import { InputError } from '@backstage/errors';

/** Characters of one cell; a quote that is never closed would hold the whole file. */
const MAX_CELL = 8_192;

/** Cells of one line. */
const MAX_CELLS = 100;

/**
 * One record of a CSV file.
 *
 * @internal
 */
export interface CsvRecord {
  /** Where it begins, from 1. */
  line: number;
  cells: string[];
}

/**
 * Records of CSV as in RFC 4180, one after the other, however large the file is.
 * Empty lines are passed over.
 *
 * @internal
 * @throws InputError with the line from which on nothing can be told apart
 */
export async function* parseCsv(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<CsvRecord> {
  let line = 1;
  let start = 1;
  let cells: string[] = [];
  let cell = '';
  let state: 'begin' | 'plain' | 'quoted' | 'closed' = 'begin';
  let afterReturn = false;

  const fail = (message: string): never => {
    throw new InputError(`Line ${start}: ${message}`);
  };
  const endCell = () => {
    if (cells.length === MAX_CELLS) {
      fail(`has more than ${MAX_CELLS} cells`);
    }
    cells.push(cell);
    cell = '';
    state = 'begin';
  };
  const endRecord = (): CsvRecord | undefined => {
    const isEmpty = cells.length === 0 && cell === '' && state === 'begin';
    if (!isEmpty) {
      endCell();
    }
    const record = { line: start, cells };
    cells = [];
    start = line + 1;
    return isEmpty ? undefined : record;
  };

  for await (const text of decode(chunks)) {
    for (const character of text) {
      const isEnd = character === '\n' || character === '\r';
      // CR and LF together end one line
      const isRest = character === '\n' && afterReturn;
      afterReturn = character === '\r';
      if (isEnd && state !== 'quoted') {
        if (!isRest) {
          const record = endRecord();
          line += 1;
          if (record) {
            yield record;
          }
        }
        continue;
      }
      if (isEnd && !isRest) {
        line += 1;
      }
      if (character === '"' && state === 'begin') {
        state = 'quoted';
      } else if (character === '"' && state === 'quoted') {
        state = 'closed';
      } else if (character === '"' && state === 'closed') {
        cell += character;
        state = 'quoted';
      } else if (character === ',' && state !== 'quoted') {
        endCell();
      } else if (state === 'closed') {
        fail('has text behind a closing quote');
      } else {
        cell += character;
        state = state === 'quoted' ? 'quoted' : 'plain';
        if (cell.length > MAX_CELL) {
          fail(`has a cell of more than ${MAX_CELL} characters`);
        }
      }
    }
  }
  if ((state as string) === 'quoted') {
    fail('has a quote that is never closed');
  }
  const last = endRecord();
  if (last) {
    yield last;
  }
}

async function* decode(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of chunks) {
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    throw error instanceof TypeError
      ? new InputError('The file is not text in UTF-8')
      : error;
  }
}
