import type { Entity } from '@backstage/catalog-model';
import { createApiRef } from '@backstage/frontend-plugin-api';

/** Entities by their references, as far as the reader may see them. */
export type EntitiesByRef = ReadonlyMap<string, Entity>;

/** The beginning of a list that may be very long. */
export interface Beginning {
  entities: Entity[];
  /** More than there are in `entities` when the list is very long. */
  total: number;
}

/** A group and the group that it is part of. */
export interface Branch {
  group: Entity;
  parent: string;
}

/**
 * What stands around an entity, read in sets: cards of one page that ask for the
 * same thing share one request.
 */
export interface NeighboursApi {
  /** Everything that the entity has a relation with. */
  related(entity: Entity): Promise<EntitiesByRef>;

  /**
   * Components that provide what the entity consumes, or consume what it provides.
   */
  throughApis(entity: Entity): Promise<Entity[]>;

  /** The people of a group. */
  members(groupRef: string): Promise<Beginning>;

  /** All groups below a group. */
  groupsBelow(group: Entity): Promise<Branch[]>;

  /** What any of the owners own. */
  ownedBy(ownerRefs: string[]): Promise<Beginning>;

  /** The entities that brought this one into the catalog, itself included. */
  ancestors(entity: Entity): Promise<Entity[]>;
}

/** @internal */
export const neighboursApiRef = createApiRef<NeighboursApi>({
  id: 'plugin.catalog.neighbours',
});
