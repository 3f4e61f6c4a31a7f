/** Several of a kind, in the order in which they are listed. */
const PLURALS: Record<string, string> = {
  domain: 'Domains',
  system: 'Systems',
  component: 'Components',
  api: 'APIs',
  resource: 'Resources',
  template: 'Templates',
  group: 'Groups',
  user: 'People',
  location: 'Locations',
};

/** Several of a kind, as a heading. */
export function pluralOf(kind: string): string {
  return PLURALS[kind.toLowerCase()] ?? kind;
}

/** For sorting by kind; those that plugins bring come last. */
export function kindRank(kind: string): number {
  const kinds = Object.keys(PLURALS);
  const rank = kinds.indexOf(kind.toLowerCase());
  return rank === -1 ? kinds.length : rank;
}

/** Types of APIs as they are written by those who made them. */
const TYPES: Record<string, string> = {
  openapi: 'OpenAPI',
  asyncapi: 'AsyncAPI',
  graphql: 'GraphQL',
  grpc: 'gRPC',
  trpc: 'tRPC',
};

/** A type as people write it. */
export function typeLabel(type: string): string {
  return TYPES[type.toLowerCase()] ?? type.replace(/[-_]/g, ' ');
}
