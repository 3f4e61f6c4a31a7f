import { InputError } from '@backstage/errors';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessorParser,
  CatalogProcessorResult,
} from '@backstage/plugin-catalog-node';
import { JsonValue } from '@backstage/types';
import { checkSize } from './checkSize';
import { checkYaml } from './checkYaml';
import { decodeText } from './decodeText';
import { EntityFileLimits } from './EntityFileLimits';

/**
 * Reads the entities of a file that somebody else wrote, with the catalog's own
 * parser, after making sure that this ends soon and stays small.
 *
 * @throws InputError with the reason, to be read behind the name of the file
 * @internal
 */
export async function parseEntityFile(options: {
  data: Buffer;
  location: LocationSpec;
  parser: CatalogProcessorParser;
  limits: EntityFileLimits;
}): Promise<CatalogProcessorResult[]> {
  const { data, location, parser, limits } = options;
  checkYaml(decodeText(data), limits);

  const results: CatalogProcessorResult[] = [];
  let entities = 0;
  for await (const result of parser({ data, location })) {
    if (result.type === 'error') {
      // Entities beside a broken one are not taken either: the file is one change
      throw new InputError(`cannot be parsed: ${result.error.message}`);
    }
    if (result.type === 'entity') {
      entities++;
      if (entities > limits.maxEntities) {
        throw new InputError(`has more than ${limits.maxEntities} entities`);
      }
      // Freshly parsed, the entity is nothing but JSON
      checkSize(result.entity as unknown as JsonValue, {
        maxCharacters: limits.maxFileBytes,
      });
    }
    results.push(result);
  }
  return results;
}
