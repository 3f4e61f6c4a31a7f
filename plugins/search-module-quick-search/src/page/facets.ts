import type { JsonObject } from '@backstage/types';

/** One of the ways to narrow results to a sort of thing. */
export interface Facet {
  id: string;
  title: string;
  types: string[];
  kinds: string[];
  /** Whether its things have an owner and a lifecycle. */
  hasOwners?: boolean;
}

const FACETS: Facet[] = [
  { id: 'everything', title: 'Everything', types: [], kinds: [] },
  {
    id: 'services',
    title: 'Services and systems',
    types: ['software-catalog'],
    kinds: ['Component', 'System', 'Domain', 'Resource'],
    hasOwners: true,
  },
  {
    id: 'apis',
    title: 'APIs',
    types: ['software-catalog'],
    kinds: ['API'],
    hasOwners: true,
  },
  {
    id: 'people',
    title: 'People and teams',
    types: ['software-catalog'],
    kinds: ['User', 'Group'],
  },
  {
    id: 'paths',
    title: 'Golden paths',
    types: ['software-catalog'],
    kinds: ['Template'],
  },
  { id: 'docs', title: 'Docs', types: ['techdocs'], kinds: [] },
];

/** Those above, and one for each type that another plugin brings. */
export function withTypes(
  resultTypes: Array<{ value: string; name: string }>,
): Facet[] {
  const known = new Set(FACETS.flatMap(({ types }) => types));
  return [
    ...FACETS,
    ...resultTypes
      .filter(({ value }) => !known.has(value))
      .map(({ value, name }) => ({
        id: value,
        title: name,
        types: [value],
        kinds: [],
      })),
  ];
}

/** The one that the types and filters are those of, which an address may not have. */
export function facetOf(
  facets: Facet[],
  state: { types: string[]; filters: JsonObject },
): Facet | undefined {
  const kinds = [state.filters.kind ?? []].flat();
  return facets.find(
    facet => sameSet(facet.types, state.types) && sameSet(facet.kinds, kinds),
  );
}

function sameSet(one: unknown[], other: unknown[]): boolean {
  return one.length === other.length && one.every(item => other.includes(item));
}
