import type { Entity } from '@backstage/catalog-model';
import type { IndexableDocument } from '@backstage/plugin-search-common';

function entity(
  kind: string,
  name: string,
  description: string,
  more: { metadata?: object; spec?: object } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      namespace: 'default',
      name,
      description,
      uid: `${kind}-${name}`,
      etag: 'first',
      ...more.metadata,
    },
    spec: { type: 'service', lifecycle: 'production', ...more.spec },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/ticketing' }],
  };
}

function user(name: string, displayName: string): Entity {
  return entity('User', name, '', {
    spec: {
      type: undefined,
      lifecycle: undefined,
      profile: { displayName, email: `${name}@kestrelvale.example` },
    },
  });
}

/** Names that stand in each other's way, as they do in a company. */
export const ENTITIES: Entity[] = [
  entity('Component', 'fare-engine', 'What a journey costs, for whom and when'),
  entity('Resource', 'fare-engine-db', 'Tariffs of the last seven years', {
    spec: { type: 'database' },
  }),
  entity('Component', 'fare-calculator', 'Costs of a journey, up to 2024', {
    spec: { lifecycle: 'deprecated' },
  }),
  entity('API', 'fares', 'Asks for the price of a journey', {
    metadata: { title: 'Fares API' },
    spec: { type: 'openapi' },
  }),
  entity('Component', 'season-tickets', 'Renews what commuters have at a fare'),
  entity('System', 'ticket-sales', 'Sells tickets and hands them out'),
  entity('Component', 'ticket-shop', 'Where passengers buy, in the browser', {
    metadata: { title: 'Ticket Shop', tags: ['react'] },
    spec: { type: 'website' },
  }),
  entity('Component', 'journeyPlanner', 'Finds a way from A to B'),
  entity('Component', 'timetable.import', 'Reads what other companies run'),
  entity('Resource', 'order_events', 'One message for each order', {
    spec: { type: 'queue' },
  }),
  entity('Component', 'order-service', 'Takes orders and payments'),
  entity('Group', 'ticketing', 'Sells what passengers travel with', {
    spec: { type: 'squad', profile: { displayName: 'Squad Ticketing' } },
  }),
  entity('Template', 'node-api', 'A service in TypeScript behind an HTTP API', {
    metadata: { title: 'Node.js API', tags: ['recommended'] },
  }),
  entity('Component', 'mail-gateway', 'Delivers what the ticket shop sends'),
  user('joel.hartwig', 'Joel Hartwig'),
  user('maren.osei', 'Maren Osei'),
  user('zoe.lacroix', 'Zoë Lacroix'),
  entity('Location', 'generated-fare', ''),
  // Many that have a word that is also a name of its own
  ...Array.from({ length: 600 }, (_, index) =>
    entity('Component', `api-${index}-adapter`, `Adapter number ${index}`),
  ),
  entity('Component', 'api', 'The edge of everything'),
];

function page(
  name: string,
  path: string,
  title: string,
  text: string,
): IndexableDocument {
  return Object.assign(
    {
      title,
      text,
      location: `/docs/default/component/${name}/${path}`,
      authorization: { resourceRef: `component:default/${name}` },
    },
    {
      kind: 'component',
      namespace: 'default',
      name,
      path,
      entityTitle: name,
      annotations: { 'example.org/hidden': 'annotationsonly' },
    },
  );
}

/** Pages with their sections, in the order in which a generator writes them. */
export const PAGES: IndexableDocument[] = [
  page('fare-engine', '', 'Fare engine', 'How the price of a journey is made.'),
  page(
    'fare-engine',
    'rounding/',
    'Rounding',
    'Half a cent is never kept. Deploying it needs a review.',
  ),
  page('fare-engine', 'rounding/#by-zone', 'By zone', 'Zones round up.'),
  page(
    'order-service',
    'runbook/',
    'Runbook',
    `${'Look at the queue first. '.repeat(40)}Then restart the consumers.`,
  ),
  page(
    'order-service',
    'runbook/#restarting',
    'Restarting',
    'Restart the consumers one by one.',
  ),
];
