import {
  BackstageCredentials,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import {
  CatalogService,
  parseEntityYaml,
} from '@backstage/plugin-catalog-node';

const MAX_BYTES = 1024 * 1024;

/**
 * Finds out why a `catalog-info.yaml` did not become entities, for the message
 * of a run that waited in vain.
 *
 * @internal
 */
export async function diagnoseCatalogInfo(options: {
  catalog: CatalogService;
  reader: UrlReaderService;
  credentials: BackstageCredentials;
  catalogInfoUrl: string;
}): Promise<string> {
  const { catalog, reader, credentials, catalogInfoUrl } = options;

  let content: Buffer;
  try {
    const response = await reader.readUrl(catalogInfoUrl);
    content = await response.buffer();
  } catch (error) {
    return `the file cannot be read: ${messageOf(error)}`;
  }
  if (content.length > MAX_BYTES) {
    return 'the file is too large';
  }

  const location = { type: 'url', target: catalogInfoUrl };
  const entities: Entity[] = [];
  for (const result of parseEntityYaml(content, location)) {
    if (result.type === 'error') {
      return messageOf(result.error);
    }
    if (result.type === 'entity') {
      entities.push(result.entity);
    }
  }
  if (entities.length === 0) {
    return 'the file holds no entity';
  }

  for (const entity of entities) {
    const ref = stringifyEntityRef(entity);
    const validation = await catalog.validateEntity(
      entity,
      `url:${catalogInfoUrl}`,
      { credentials },
    );
    if (!validation.valid) {
      return `${ref}: ${validation.errors.map(e => e.message).join('; ')}`;
    }
    const existing = await catalog.getEntityByRef(ref, { credentials });
    const origin = existing?.metadata.annotations?.[ANNOTATION_LOCATION];
    if (origin && origin !== `url:${catalogInfoUrl}`) {
      return `${ref} comes from ${origin} already`;
    }
  }
  return 'the file is fine, so the catalog has not read it; check that a provider covers the host (catalog.providers)';
}

function messageOf(error: unknown): string {
  return isError(error) ? error.message : String(error);
}
