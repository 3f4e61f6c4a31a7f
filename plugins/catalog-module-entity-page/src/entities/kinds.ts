import {
  RiBox3Line,
  RiCompass3Line,
  RiDatabase2Line,
  RiFileAddLine,
  RiFileLine,
  RiGroupLine,
  RiMapPinLine,
  RiPlugLine,
  RiStackLine,
  RiUserLine,
  type RemixiconComponentType,
} from '@remixicon/react';

interface KindWords {
  plural: string;
  Icon: RemixiconComponentType;
}

/** In the order in which they are listed. */
const KINDS: Record<string, KindWords> = {
  domain: { plural: 'Domains', Icon: RiCompass3Line },
  system: { plural: 'Systems', Icon: RiStackLine },
  component: { plural: 'Components', Icon: RiBox3Line },
  api: { plural: 'APIs', Icon: RiPlugLine },
  resource: { plural: 'Resources', Icon: RiDatabase2Line },
  template: { plural: 'Templates', Icon: RiFileAddLine },
  group: { plural: 'Groups', Icon: RiGroupLine },
  user: { plural: 'People', Icon: RiUserLine },
  location: { plural: 'Locations', Icon: RiMapPinLine },
};

/** The picture of a kind; a sheet of paper for kinds that plugins bring. */
export function kindIcon(kind: string): RemixiconComponentType {
  return KINDS[kind.toLowerCase()]?.Icon ?? RiFileLine;
}

/** Several of a kind, as a heading. */
export function pluralOf(kind: string): string {
  return KINDS[kind.toLowerCase()]?.plural ?? kind;
}

/** For sorting by kind; those that plugins bring come last. */
export function kindRank(kind: string): number {
  const kinds = Object.keys(KINDS);
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
