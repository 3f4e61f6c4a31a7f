import { open } from 'node:fs/promises';
import { NotFoundError } from '@backstage/errors';
import { LogPart } from '@waymark/plugin-forge-runner-common';

/** Bytes of one answer. */
const MAX_BYTES = 256 * 1024;

/** Bytes of the end that is shown first. */
const END_BYTES = 128 * 1024;

/**
 * A part of a log file.
 *
 * @param options - `from`: position in bytes; undefined: the end of the log, from
 * the beginning of a line on. A position beyond the end, since a service's log
 * began anew, is its beginning
 * @throws NotFoundError when there is no such log
 * @internal
 */
export async function readLog(options: {
  path: string;
  from?: number;
  isGrowing: boolean;
}): Promise<LogPart> {
  const { path, isGrowing } = options;
  const file = await open(path, 'r').catch(error => {
    if (error.code === 'ENOENT') {
      throw new NotFoundError('There is no log, or it is not kept any more');
    }
    throw error;
  });
  try {
    const { size } = await file.stat();
    const isEnd = options.from === undefined;
    const wanted = options.from ?? Math.max(0, size - END_BYTES);
    const from = wanted > size ? 0 : wanted;
    const buffer = Buffer.alloc(Math.min(MAX_BYTES, size - from));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
    let part = buffer.subarray(0, bytesRead);
    if (isEnd && from > 0) {
      part = part.subarray(part.indexOf('\n') + 1);
    }
    const end = from + bytesRead;
    // Not in the middle of a character, unless nothing more will come
    const spare = end < size || isGrowing ? unfinishedBytes(part) : 0;
    return {
      text: part.subarray(0, part.length - spare).toString('utf8'),
      start: end - part.length,
      next: end - spare,
      complete: !isGrowing && end === size,
    };
  } finally {
    await file.close();
  }
}

/** Bytes of a character of UTF-8 at the end of which the rest is missing. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte >= 0xc0) {
      const length = [0xf0, 0xe0].filter(first => byte >= first).length + 2;
      return length > back ? back : 0;
    }
    if (byte < 0x80) {
      return 0;
    }
  }
  return 0;
}
