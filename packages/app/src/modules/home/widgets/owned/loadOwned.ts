import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogApi } from '@backstage/plugin-catalog-react';
import { readSpec, nameOf } from '@waymark/ui';
import { NAME_FIELDS, toPath } from '../shared/entityAddress';

/** What is shown of what somebody owns, in this order. */
const OWNED_KINDS = [
  { kind: 'Component', title: 'Components' },
  { kind: 'API', title: 'APIs' },
  { kind: 'Resource', title: 'Resources' },
  { kind: 'System', title: 'Systems' },
];

/** More than anybody reads on this page; the catalog has the rest. */
const MOST = 250;

/** Something that a group or the reader owns. */
export interface OwnedThing {
  href: string;
  title: string;
  type?: string;
  lifecycle?: string;
}

/** What one owner has of one kind. */
export interface OwnedOfKind {
  kind: string;
  title: string;
  things: OwnedThing[];
}

/** What one owner has. */
export interface OwnerShare {
  ref: string;
  title: string;
  href: string;
  kinds: OwnedOfKind[];
}

/** What the reader and their groups own. */
export interface Owned {
  /** Those of them that own something. */
  shares: OwnerShare[];
  /** All groups of the reader that are in the catalog. */
  groups: Entity[];
  /** How many things there are, where that is more than were read. */
  tooMany?: number;
}

function toThing(entity: Entity): OwnedThing {
  return {
    href: toPath(entity),
    title: nameOf(entity),
    type: readSpec(entity, 'type'),
    lifecycle: readSpec(entity, 'lifecycle'),
  };
}

function toShare(ref: string, owner: Entity | undefined, things: Entity[]) {
  const { kind, namespace, name } = parseEntityRef(ref);
  const kinds = OWNED_KINDS.map(({ kind: ownedKind, title }) => ({
    kind: ownedKind,
    title,
    things: things
      .filter(thing => thing.kind === ownedKind)
      .map(toThing)
      .sort((a, b) => a.title.localeCompare(b.title)),
  }));
  return {
    ref,
    title: owner ? nameOf(owner) : name,
    href: `/catalog/${namespace}/${kind}/${name}`,
    kinds: kinds.filter(({ things: found }) => found.length > 0),
  };
}

/** The owner as the catalog spells it; it is shorter in the entity's own file. */
function readOwner(entity: Entity): string | undefined {
  const owner = readSpec(entity, 'owner');
  return (
    owner &&
    stringifyEntityRef(
      parseEntityRef(owner, {
        defaultKind: 'group',
        defaultNamespace: entity.metadata.namespace,
      }),
    )
  );
}

/**
 * Reads what the owners have, in two questions that are asked at the same time,
 * however many owners and things there are.
 */
export async function loadOwned(options: {
  catalogApi: CatalogApi;
  userEntityRef: string;
  groups: string[];
}): Promise<Owned> {
  const { catalogApi, userEntityRef, groups } = options;
  const owners = [...groups, userEntityRef];
  const [owned, found] = await Promise.all([
    catalogApi.queryEntities({
      filter: {
        kind: OWNED_KINDS.map(({ kind }) => kind),
        'relations.ownedBy': owners,
      },
      fields: [...NAME_FIELDS, 'spec.type', 'spec.lifecycle', 'spec.owner'],
      orderFields: { field: 'metadata.name', order: 'asc' },
      limit: MOST,
    }),
    catalogApi.getEntitiesByRefs({
      entityRefs: owners,
      fields: [...NAME_FIELDS, 'spec.children'],
    }),
  ]);

  const shares = owners.map((ref, index) =>
    toShare(
      ref,
      found.items[index],
      owned.items.filter(thing => readOwner(thing) === ref),
    ),
  );
  return {
    shares: shares.filter(({ kinds }) => kinds.length > 0),
    groups: found.items.filter(
      (item): item is Entity => item?.kind === 'Group',
    ),
    ...(owned.totalItems > owned.items.length && {
      tooMany: owned.totalItems,
    }),
  };
}
