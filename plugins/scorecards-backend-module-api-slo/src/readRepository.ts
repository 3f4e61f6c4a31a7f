import { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError, toError } from '@backstage/errors';
import { Objectives, readObjectives } from './openslo/readObjectives';

const MAX_FILES = 500;
/** Files in a folder `slo`, and files with that word in their name. */
const SLO_FILE =
  /(?:^|\/)(?:(?:open)?slos?\/(?:.*\/)?[^/]*|(?:[^/]*[-_.])?(?:open)?slos?(?:[-_.][^/]*)?)\.ya?ml$/i;

/**
 * The objectives in the OpenSLO files of a repository, or of a folder in it.
 *
 * @returns undefined when nothing has changed since `etag`
 * @internal
 */
export async function readRepository(options: {
  reader: UrlReaderService;
  url: string;
  etag: string | undefined;
  signal: AbortSignal;
}): Promise<{ etag: string; objectives: Objectives } | undefined> {
  const { reader, url, etag, signal } = options;
  try {
    const tree = await reader.readTree(url, {
      etag,
      signal,
      filter: path => SLO_FILE.test(path),
    });
    const files = await tree.files();
    if (files.length > MAX_FILES) {
      throw new InputError(`${url} has more than ${MAX_FILES} files of SLOs`);
    }
    return {
      etag: tree.etag,
      objectives: readObjectives(
        await Promise.all(
          files.map(async ({ path, content }) => ({
            path,
            text: (await content()).toString('utf8'),
          })),
        ),
      ),
    };
  } catch (error) {
    if (toError(error).name === 'NotModifiedError') {
      return undefined;
    }
    throw error;
  }
}
