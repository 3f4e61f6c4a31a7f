import { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import { JsonValue } from '@backstage/types';
import { parse } from 'yaml';
import { parseRepositoryUrl } from '../provider/repositoryUrl';
import { checkSize } from './checkSize';
import { checkYaml } from './checkYaml';
import { decodeText } from './decodeText';
import { describeFileError } from './describeFileError';
import { findForgeSource, ForgeSource } from './ForgeSource';
import {
  Placeholder,
  refusePlaceholders,
  replacePlaceholders,
} from './placeholders';

/** An API definition is one. */
const MAX_PLACEHOLDERS = 20;

/**
 * Fills in `$text`, `$json` and `$yaml` of entities from forge hosts ahead of the
 * catalog, which would read any number of files of any size at once.
 *
 * @internal
 */
export class ForgePlaceholderProcessor implements CatalogProcessor {
  readonly #sources: ForgeSource[];
  readonly #integrations: ScmIntegrationRegistry;

  constructor(options: {
    sources: ForgeSource[];
    integrations: ScmIntegrationRegistry;
  }) {
    this.#sources = options.sources;
    this.#integrations = options.integrations;
  }

  getProcessorName(): string {
    return 'forge-placeholders';
  }

  getPriority(): number {
    // Ahead of the catalog's own, which has 20
    return 10;
  }

  async preProcessEntity(
    entity: Entity,
    location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    const source = findForgeSource(this.#sources, location);
    if (!source) {
      return entity;
    }
    let count = 0;
    // An entity is nothing but JSON at this point
    const result = await replacePlaceholders(
      entity as unknown as JsonValue,
      async placeholder => {
        count++;
        if (count > MAX_PLACEHOLDERS) {
          throw new InputError(
            `${location.target} has more than ${MAX_PLACEHOLDERS} placeholders in one entity`,
          );
        }
        const url = this.#resolveUrl(placeholder, { location, source });
        emit(processingResult.refresh(`url:${url}`));
        try {
          return await read(placeholder, { url, source });
        } catch (error) {
          throw new InputError(describeFileError(url, error));
        }
      },
    );
    return result as unknown as Entity;
  }

  #resolveUrl(
    placeholder: Placeholder,
    options: { location: LocationSpec; source: ForgeSource },
  ): string {
    const { location, source } = options;
    const { key, value } = placeholder;
    const base = location.target;
    const url =
      typeof value === 'string'
        ? this.#integrations.resolveUrl({ url: value, base })
        : '';
    const { baseUrl } = source.client;
    const here = parseRepositoryUrl(base, { baseUrl });
    const there = parseRepositoryUrl(url, { baseUrl });
    if (
      !findForgeSource([source], { type: 'url', target: url }) ||
      here?.owner !== there?.owner ||
      here?.name !== there?.name
    ) {
      throw new InputError(
        `${base} has a placeholder ${key} that does not name a file of the same repository`,
      );
    }
    return url;
  }
}

async function read(
  placeholder: Placeholder,
  options: { url: string; source: ForgeSource },
): Promise<JsonValue> {
  const { url, source } = options;
  const { maxFileBytes } = source.limits;
  const text = decodeText(
    await source.client.readFile(url, { maxBytes: maxFileBytes }),
  );
  if (placeholder.key === '$text') {
    return text;
  }
  if (placeholder.key === '$yaml') {
    checkYaml(text, { ...source.limits, maxEntities: 1 });
  }
  const value: JsonValue =
    placeholder.key === '$yaml' ? parse(text) : JSON.parse(text);
  checkSize(value, { maxCharacters: maxFileBytes });
  await refusePlaceholders(value);
  return value;
}
