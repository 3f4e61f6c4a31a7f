import { isError, stringifyError } from '@backstage/errors';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorEmit,
  CatalogProcessorParser,
  processingResult,
} from '@backstage/plugin-catalog-node';
import { ForgeClient } from '../client/ForgeClient';
import { EntityFileLimits } from './EntityFileLimits';
import { parseEntityFile } from './parseEntityFile';

/** A forge whose files this processor reads. */
type Source = { client: ForgeClient; limits: EntityFileLimits };

/**
 * Reads the targets of Locations on forge hosts instead of the catalog's own
 * reader, because everybody who may push decides what is in them: sizes are
 * bounded before anything is downloaded or parsed, and an error names the file.
 *
 * @remarks
 * An error leaves the entities as they were when the file was last good.
 *
 * @internal
 */
export class ForgeLocationProcessor implements CatalogProcessor {
  readonly #sources: Source[];

  constructor(options: { sources: Source[] }) {
    this.#sources = options.sources;
  }

  getProcessorName(): string {
    return 'forge-location-reader';
  }

  getPriority(): number {
    // Ahead of the catalog's reader of URLs, which has 20
    return 10;
  }

  async readLocation(
    location: LocationSpec,
    optional: boolean,
    emit: CatalogProcessorEmit,
    parser: CatalogProcessorParser,
  ): Promise<boolean> {
    const { target } = location;
    const source = this.#sources.find(
      ({ client }) =>
        location.type === 'url' && isFilePage(target, client.baseUrl),
    );
    if (!source) {
      return false;
    }
    const { client, limits } = source;
    try {
      const data = await client.readFile(target, {
        maxBytes: limits.maxFileBytes,
      });
      for (const result of await parseEntityFile({
        data,
        location: { type: location.type, target },
        parser,
        limits,
      })) {
        emit(result);
      }
    } catch (error) {
      const missing = isError(error) && error.name === 'NotFoundError';
      if (missing && !optional) {
        emit(processingResult.notFoundError(location, stringifyError(error)));
      } else if (!missing) {
        emit(processingResult.inputError(location, describe(target, error)));
      }
    }
    // Also when there is no file: that is how its first push is noticed
    emit(processingResult.refresh(`${location.type}:${target}`));
    return true;
  }
}

function isFilePage(url: string, baseUrl: string): boolean {
  return (
    url.startsWith(`${baseUrl}/`) &&
    /^[^/]+\/[^/]+\/src\/(branch|tag|commit)\/[^/]+\/./.test(
      url.slice(baseUrl.length + 1),
    )
  );
}

function describe(target: string, error: unknown): string {
  const message = isError(error) ? error.message : String(error);
  // Parsers quote what they do not like
  const short = message.length > 1000 ? `${message.slice(0, 1000)}…` : message;
  return short.startsWith(target) ? short : `${target} ${short}`;
}
