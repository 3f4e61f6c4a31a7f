import { isError, stringifyError } from '@backstage/errors';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorEmit,
  CatalogProcessorParser,
  processingResult,
} from '@backstage/plugin-catalog-node';
import { describeFileError } from './describeFileError';
import { findForgeSource, ForgeSource } from './ForgeSource';
import { parseEntityFile } from './parseEntityFile';

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
  readonly #sources: ForgeSource[];

  constructor(options: { sources: ForgeSource[] }) {
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
    const source = findForgeSource(this.#sources, location);
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
        emit(
          processingResult.inputError(
            location,
            describeFileError(target, error),
          ),
        );
      }
    }
    // Also when there is no file: that is how its first push is noticed
    emit(processingResult.refresh(`${location.type}:${target}`));
    return true;
  }
}
