import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogApi } from '@backstage/plugin-catalog-react';
import { readSpec, nameOf } from '@waymark/ui';
import { NAME_FIELDS, toPath } from '../shared/entityAddress';

/** A group that owns components, as a line below the one it belongs to. */
interface GroupCount {
  ref: string;
  title: string;
  href: string;
  components: number;
}

/** A group right below one of the reader's, with all that are below it. */
export interface Branch extends GroupCount {
  groups: GroupCount[];
}

const readChildren = (group: Entity): string[] => {
  const children = group.spec?.children;
  return Array.isArray(children) ? children.map(String) : [];
};

/** Whether there are groups below one of these. */
export const haveChildren = (groups: Entity[]): boolean =>
  groups.some(group => readChildren(group).length > 0);

/** The groups below each group, by reference. */
function readTree(all: Map<string, Entity>): Map<string, Set<string>> {
  // A group may name its parent, or a parent its children; both count
  const childrenOf = new Map<string, Set<string>>();
  const link = (parent: string, child: string) =>
    childrenOf.set(
      parent,
      (childrenOf.get(parent) ?? new Set<string>()).add(child),
    );
  for (const [ref, group] of all) {
    const context = {
      defaultKind: 'group',
      defaultNamespace: group.metadata.namespace,
    };
    const toGroupRef = (text: string) =>
      stringifyEntityRef(parseEntityRef(text, context));
    const parent = readSpec(group, 'parent');
    if (parent) {
      link(toGroupRef(parent), ref);
    }
    readChildren(group).forEach(child => link(ref, toGroupRef(child)));
  }
  return childrenOf;
}

/**
 * For those whose groups own nothing themselves but have others below them: how
 * many components those own. Two questions for the whole organisation.
 */
export async function loadBelow(options: {
  catalogApi: CatalogApi;
  groups: Entity[];
}): Promise<Branch[]> {
  const { catalogApi, groups } = options;
  const all = new Map<string, Entity>();
  const readGroups = async () => {
    const pages = catalogApi.streamEntities({
      query: { kind: 'Group' },
      fields: [...NAME_FIELDS, 'spec.children', 'spec.parent'],
    });
    for await (const page of pages) {
      page.forEach(group => all.set(stringifyEntityRef(group), group));
    }
  };
  const [{ facets }] = await Promise.all([
    catalogApi.getEntityFacets({
      filter: { kind: 'Component' },
      facets: ['relations.ownedBy'],
    }),
    readGroups(),
  ]);
  const counts = new Map(
    facets['relations.ownedBy'].map(({ value, count }) => [
      value.toLocaleLowerCase('en-US'),
      count,
    ]),
  );

  const childrenOf = readTree(all);
  const toCount = (ref: string): GroupCount => {
    const group = all.get(ref);
    return {
      ref,
      title: group ? nameOf(group) : ref,
      href: group ? toPath(group) : '/catalog',
      components: counts.get(ref) ?? 0,
    };
  };
  const seen = new Set(groups.map(group => stringifyEntityRef(group)));
  const collect = (ref: string): GroupCount[] => {
    if (seen.has(ref) || !all.has(ref)) {
      return [];
    }
    seen.add(ref);
    const below = [...(childrenOf.get(ref) ?? [])].flatMap(collect);
    return [toCount(ref), ...below];
  };
  return groups
    .flatMap(group => [...(childrenOf.get(stringifyEntityRef(group)) ?? [])])
    .flatMap(ref => {
      const branch = collect(ref).filter(({ components }) => components > 0);
      const total = branch.reduce((sum, { components }) => sum + components, 0);
      return total > 0
        ? [{ ...toCount(ref), components: total, groups: branch }]
        : [];
    });
}
