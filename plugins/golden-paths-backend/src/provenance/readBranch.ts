import { createHash } from 'node:crypto';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';

/** A generated file of this size is none. */
const MAX_FILE_BYTES = 10 * 1024 * 1024;

/**
 * What is on a branch.
 *
 * @internal
 */
export interface Branch {
  /** Of its head: where the host of the repository says it, the commit. */
  etag: string;
  /**
   * `sha256:…` of the files asked for that are there: as they came, and with the
   * line ends of Unix, since Git may convert them in an archive. Of one too large,
   * none.
   */
  hashes: ReadonlyMap<string, readonly string[]>;
  /** Some files that were not asked for. */
  others: string[];
}

/**
 * Hashes files of a branch.
 *
 * @param options - `url`: its top folder; `etag`: of the last look
 * @returns undefined when nothing has changed since then
 * @throws NotFoundError without the branch
 * @internal
 */
export async function readBranch(options: {
  reader: UrlReaderService;
  url: string;
  isWanted: (path: string) => boolean;
  etag?: string;
  signal?: AbortSignal;
}): Promise<Branch | undefined> {
  const { reader, url, isWanted, etag, signal } = options;
  const hashes = new Map<string, readonly string[]>();
  const others = new Set<string>();
  try {
    const tree = await reader.readTree(url, {
      etag,
      signal,
      filter: (path, info) => {
        if (!isWanted(path)) {
          if (others.size < 10 && !path.endsWith('/')) {
            others.add(path);
          }
          return false;
        }
        hashes.set(path, []);
        return (info?.size ?? 0) <= MAX_FILE_BYTES;
      },
    });
    for (const file of await tree.files()) {
      hashes.set(file.path, hashesOf(await file.content()));
    }
    return { etag: tree.etag, hashes, others: [...others] };
  } catch (error) {
    if (isError(error) && error.name === 'NotModifiedError') {
      return undefined;
    }
    throw error;
  }
}

function hashesOf(content: Buffer): string[] {
  const contents = content.includes('\r\n')
    ? // Byte by byte, whatever its encoding
      [content, content.toString('latin1').replaceAll('\r\n', '\n')]
    : [content];
  return contents.map(
    data =>
      `sha256:${createHash('sha256')
        .update(Buffer.isBuffer(data) ? data : Buffer.from(data, 'latin1'))
        .digest('hex')}`,
  );
}
