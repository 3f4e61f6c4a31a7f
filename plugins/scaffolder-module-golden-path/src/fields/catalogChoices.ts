import {
  getCompoundEntityRef,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogApi } from '@backstage/plugin-catalog-react';

/**
 * An entity that can be chosen in a form.
 *
 * @internal
 */
export interface EntityChoice {
  /** Entity reference: what the form keeps. */
  ref: string;
  /** What the reader sees. */
  label: string;
  description?: string;
  /** Entity references of the owners. */
  owners: string[];
  /** Whether it is itself the owner of something. */
  isOwner: boolean;
}

function readDisplayName(entity: Entity): string {
  const profile = entity.spec?.profile;
  const displayName =
    profile && typeof profile === 'object' && 'displayName' in profile
      ? profile.displayName
      : undefined;
  return typeof displayName === 'string' && displayName
    ? displayName
    : entity.metadata.title ?? entity.metadata.name;
}

/**
 * Reads all entities of a kind, page by page, with no more than a form needs.
 *
 * @internal
 */
export async function loadChoices(options: {
  catalogApi: CatalogApi;
  kind: 'Group' | 'System';
}): Promise<EntityChoice[]> {
  const { catalogApi, kind } = options;
  const choices: EntityChoice[] = [];
  const pages = catalogApi.streamEntities({
    query: { kind },
    fields: [
      'kind',
      'metadata.name',
      'metadata.namespace',
      'metadata.title',
      'metadata.description',
      'spec.profile.displayName',
      'relations',
    ],
  });
  for await (const page of pages) {
    for (const entity of page) {
      choices.push({
        ref: stringifyEntityRef(getCompoundEntityRef(entity)),
        label: readDisplayName(entity),
        description: entity.metadata.description,
        owners: (entity.relations ?? [])
          .filter(({ type }) => type === RELATION_OWNED_BY)
          .map(({ targetRef }) => targetRef),
        isOwner: (entity.relations ?? []).some(
          ({ type }) => type === RELATION_OWNER_OF,
        ),
      });
    }
  }
  return choices.sort((a, b) => a.label.localeCompare(b.label));
}
