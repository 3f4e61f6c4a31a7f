import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isError } from '@backstage/errors';
import { Response } from 'express';

/** Excel takes a file without it for one in the code page of the machine. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Answers with a file for spreadsheets, piece by piece.
 *
 * @param options - `name`: of the file, without its ending; what a file name must
 * not have becomes a dash. `lines`: whole lines each, as `csvLine` makes them
 * @public
 */
export async function sendCsv(options: {
  response: Response;
  name: string;
  lines: AsyncIterable<string> | Iterable<string>;
}): Promise<void> {
  const { response, lines } = options;
  const name = options.name.replace(/[^a-zA-Z0-9._-]/g, '-');
  response.set({
    'Cache-Control': 'no-store',
    'Content-Disposition': `attachment; filename="${name}.csv"`,
    'Content-Type': 'text/csv; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
  });
  await pipeline(Readable.from(withMark(lines)), response);
}

/**
 * Whether an error says that whoever asked stopped the download: they need not be
 * told, nor the log.
 *
 * @public
 */
export function isBrokenOff(error: unknown): boolean {
  return isError(error) && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

async function* withMark(
  lines: AsyncIterable<string> | Iterable<string>,
): AsyncIterable<string> {
  yield BYTE_ORDER_MARK;
  yield* lines;
}
