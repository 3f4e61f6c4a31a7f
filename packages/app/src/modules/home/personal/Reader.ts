import {
  parseEntityRef,
  RELATION_CHILD_OF,
  type Entity,
} from '@backstage/catalog-model';
import {
  identityApiRef,
  useApi,
  type IdentityApi,
} from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';
import type { CatalogApi } from '@backstage/plugin-catalog-react';

/** Who reads the page. */
export interface Reader {
  userEntityRef: string;
  /** Missing where the sign-in tells none. */
  displayName?: string;
  /** Entity references of the groups that they belong to themselves. */
  groups: string[];
}

const isGroup = (ref: string) => parseEntityRef(ref).kind === 'group';

/** Reads who has signed in; asks nobody but the session. */
export async function readReader(identityApi: IdentityApi): Promise<Reader> {
  const [{ userEntityRef, ownershipEntityRefs }, profile] = await Promise.all([
    identityApi.getBackstageIdentity(),
    identityApi.getProfileInfo(),
  ]);
  return {
    userEntityRef,
    // A session without a profile has the reference in its place
    displayName:
      profile.displayName === userEntityRef ? undefined : profile.displayName,
    groups: ownershipEntityRefs.filter(isGroup),
  };
}

/** Who has signed in; undefined for the moment that it takes to know. */
export function useReader(): Reader | undefined {
  const identityApi = useApi(identityApiRef);
  const [reader, setReader] = useState<Reader>();
  useEffect(() => {
    let isCurrent = true;
    readReader(identityApi).then(
      found => isCurrent && setReader(found),
      () => isCurrent && setReader({ userEntityRef: '', groups: [] }),
    );
    return () => {
      isCurrent = false;
    };
  }, [identityApi]);
  return reader;
}

/** More levels than any organisation has, in case its groups run in a circle. */
const MOST_LEVELS = 20;

/**
 * Adds to some groups all those above them: one question per level, however many
 * groups there are.
 */
export async function withAncestors(options: {
  catalogApi: CatalogApi;
  groups: string[];
}): Promise<string[]> {
  const { catalogApi, groups } = options;
  const known = new Set(groups);
  let level = groups;
  for (let depth = 0; level.length > 0 && depth < MOST_LEVELS; depth++) {
    const { items } = await catalogApi.getEntitiesByRefs({
      entityRefs: level,
      fields: ['kind', 'metadata.namespace', 'metadata.name', 'relations'],
    });
    const found = items.filter((item): item is Entity => item !== undefined);
    level = found
      .flatMap(({ relations = [] }) => relations)
      .filter(({ type }) => type === RELATION_CHILD_OF)
      .map(({ targetRef }) => targetRef)
      .filter(ref => !known.has(ref));
    level.forEach(ref => known.add(ref));
  }
  return [...known];
}
